using Garam.Platform.Identity;
using Garam.Platform.Identity.Audit;
using Garam.Platform.Packs;
using Garam.Web.Shell;
using Garam.Web.Visits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Garam.Web.Products;

/// <summary>Products: the list, and a page each where its spec is read, changed, checked while typing and tried with payloads.</summary>
internal static class ProductPages
{
    public const string New = "/new/product";

    private const string Path = "/products";

    public static void MapProductPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (string? pack) => PageResult.Of<ProductsPage>(new { Pack = pack ?? "" })).AsPage(Role.Engineer, Reach.Platform);
        routes.MapGet(Path + "/{id}", (string id, PackCatalog packs, ProductDesk desk, int? saved, int? former) =>
            packs.Current.TryGetProduct(id, out var product) ? Page(Opened(desk, packs, product, saved is not null, former is not null)) : Results.NotFound())
            .AsPage(Role.Engineer, Reach.Platform);
        routes.MapGet(New, (ProductDesk desk) => Page(desk.Open(null))).AsPage(Role.Engineer, Reach.Platform);
        Post(Path + "/{id}/check", Check);
        Post(New + "/check", Check);
        Post(Path + "/{id}/try", Try);
        Post(New + "/try", Try);
        Post(Path + "/{id}", Save);
        Post(New, Save);

        void Post(string path, Func<ProductDraft, ProductForm, HttpContext, IResult> act) =>
            routes.MapPost(path, (HttpContext http, [FromForm] IFormCollection form, PackCatalog packs) =>
            {
                var sent = ProductForm.Of(form);
                var id = http.GetRouteValue("id") as string;
                Product? saved = null;
                return id is null || packs.Current.TryGetProduct(id, out saved)
                    ? act(new ProductDraft(saved, sent.Text, sent.Seen) { Payload = sent.Payload }, sent, http)
                    : Results.NotFound();
            }).AsPage(Role.Engineer, Reach.Platform);
    }

    public static string AddressOf(string id) => $"{Path}/{Uri.EscapeDataString(id)}";

    private static ProductDraft Opened(ProductDesk desk, PackCatalog packs, Product product, bool isSaved, bool wantsFormer)
    {
        var draft = desk.Open(product);
        if (isSaved)
            return draft with { Said = "saved" };
        return wantsFormer && packs.FormerText(product.Id) is { } former ? desk.Judge(draft with { Text = former }) with { Said = "former" } : draft;
    }

    private static IResult Check(ProductDraft draft, ProductForm form, HttpContext http)
    {
        var judged = Desk(http).Judge(draft);
        return Fragment.IsWanted(http.Request) ? PageResult.Of<ProductChecked>(new { Draft = judged }) : Page(judged);
    }

    private static IResult Try(ProductDraft draft, ProductForm form, HttpContext http)
    {
        var input = form.Payload;
        if (input.Text.Length > PayloadInput.TextMax)
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        var nowUs = http.RequestServices.GetRequiredService<Visit>().NowUs;
        var tried = PayloadTrial.Run(
            draft.Text, (draft.Saved?.Id ?? "spec") + ".yaml", input.Text, input.Form, input.Model.Length > 0 ? input.Model : null, input.Port, nowUs);
        return Fragment.IsWanted(http.Request)
            ? PageResult.Of<TriedPayload>(new { Result = tried, Pasted = input.Text })
            : Page(Desk(http).Judge(draft) with { Tried = tried });
    }

    private static IResult Save(ProductDraft draft, ProductForm form, HttpContext http)
    {
        var judged = Desk(http).Judge(draft);
        if (judged.Spec is not { } spec)
            return Page(judged with { Said = "refused" }, StatusCodes.Status422UnprocessableEntity);
        var packs = http.RequestServices.GetRequiredService<PackCatalog>();
        // A new product that is there already, or one that somebody else has saved meanwhile: nobody's work is overwritten unseen.
        var present = packs.Current.TryGetProduct(spec.Id, out var other) ? ProductDesk.HashOf(other.Text) : "";
        if (present != form.Seen)
            return Page(judged with { Said = draft.Saved is null ? "there" : "changed", Seen = draft.Saved is null ? form.Seen : present }, StatusCodes.Status409Conflict);
        var problems = packs.PutProduct(spec.Id, form.Text);
        if (problems.Count > 0)
            return Page(judged with { Said = "refused", Checked = new Editing.CheckedText(problems, [], "") }, StatusCodes.Status422UnprocessableEntity);
        http.RequestServices.GetRequiredService<AuditTrail>().Record(Caller.Of(http), "product.put", spec.Id, $"version {spec.Version}");
        return Results.LocalRedirect(AddressOf(spec.Id) + "?saved=1");
    }

    private static ProductDesk Desk(HttpContext http) => http.RequestServices.GetRequiredService<ProductDesk>();

    private static IResult Page(ProductDraft draft, int status = StatusCodes.Status200OK) => PageResult.Of<ProductPage>(new { Draft = draft }, status);
}
