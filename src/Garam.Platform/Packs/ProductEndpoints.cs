using System.Text;
using Garam.Platform.Identity;
using Garam.Platform.Identity.Audit;
using Garam.Platform.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Garam.Platform.Packs;

/// <summary>Product specs over REST.</summary>
public static class ProductEndpoints
{
    public static void MapProducts(this IEndpointRouteBuilder routes)
    {
        var products = routes.MapGroup("/api/v1/products").WithTags("products");
        products.MapGet("", (PackCatalog packs) => Results.Ok(new
        {
            items = packs.Current.Products.OrderBy(p => p.Id, StringComparer.Ordinal).Select(Summary),
            problems = packs.Current.Problems.Select(p => p.ToString()),
        })).Require(Role.Viewer, Reach.Everybody).WithSummary("The products in force, and what is wrong in files that are not.");
        products.MapGet("/{id}", Get).Require(Role.Viewer, Reach.Everybody).WithSummary("A product's spec: YAML, or a summary with Accept: application/json.");
        products.MapPut("/{id}", PutAsync).Require(Role.Engineer).WithSummary("Checks a spec (YAML as the body) and puts it in force.");
    }

    private static IResult Get(string id, HttpRequest request, PackCatalog packs)
    {
        if (!packs.Current.TryGetProduct(id, out var product))
            return Problem.NotFound($"There is no product '{id}'.");
        var wantsYaml = request.Headers.Accept.Any(a => a is not null && a.Contains("yaml", StringComparison.OrdinalIgnoreCase));
        return wantsYaml ? Results.Text(product.Text, "application/yaml", Encoding.UTF8) : Results.Ok(Detail(product));
    }

    private static async Task<IResult> PutAsync(
        string id, HttpRequest request, PackCatalog packs, Caller caller, AuditTrail audit, CancellationToken cancellation)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var buffer = new char[PackCatalog.SpecTextMax + 1];
        var length = await reader.ReadBlockAsync(buffer, cancellation);
        if (length > PackCatalog.SpecTextMax)
            return Problem.Of(StatusCodes.Status413PayloadTooLarge, "payload-too-large", $"A spec has at most {PackCatalog.SpecTextMax} characters.");
        var problems = packs.PutProduct(id, new string(buffer, 0, length));
        if (problems.Count > 0)
        {
            return Results.Problem(
                string.Join('\n', problems), statusCode: StatusCodes.Status400BadRequest,
                extensions: new Dictionary<string, object?> { ["code"] = "invalid-spec", ["problems"] = problems });
        }

        if (!packs.Current.TryGetProduct(id, out var product))
            return Problem.NotFound(id);
        audit.Record(caller, "product.put", id, $"version {product.Spec.Version}");
        return Results.Ok(Detail(product));
    }

    private static object Summary(Product product) =>
        new { productId = product.Id, version = product.Spec.Version, title = product.Spec.Titles, pack = product.Pack };

    private static object Detail(Product product) => new
    {
        productId = product.Id,
        version = product.Spec.Version,
        title = product.Spec.Titles,
        pack = product.Pack,
        metrics = product.Decoder.Metrics.Select(m => new { name = m.Name, kind = m.Kind.ToString().ToLowerInvariant(), unit = m.Unit, min = m.ValidMin, max = m.ValidMax }),
        spec = product.Text,
    };
}
