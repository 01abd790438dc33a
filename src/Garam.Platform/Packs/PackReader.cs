using Garam.Decoding;
using Garam.Decoding.Specs;
using Garam.Platform.Ingress;

namespace Garam.Platform.Packs;

/// <summary>
/// Reads packs from disk into a <see cref="PackSet"/>. A file with an error changes nothing: what it held before stays in force, and the
/// problem says file, line, column and the mend.
/// </summary>
internal static class PackReader
{
    /// <summary>A spec is a page or two; a larger file is something else.</summary>
    private const long FileBytesMax = 1 << 20;

    /// <param name="former">What was in force before; unchanged files keep their compiled decoder and with it the metrics it has met.</param>
    public static PackSet Read(IReadOnlyList<PackFolder> folders, PackSet former)
    {
        var problems = new List<SpecProblem>();
        var products = new Dictionary<string, Product>(StringComparer.Ordinal);
        var routes = new Dictionary<string, IReadOnlyList<Route>>(StringComparer.Ordinal);
        var byFile = former.Products.ToDictionary(p => p.File, StringComparer.Ordinal);
        foreach (var folder in folders)
        {
            foreach (var file in ProductFiles(folder, former, problems))
            {
                var product = ReadProduct(folder, file, byFile.GetValueOrDefault(file), problems);
                if (product is not null)
                    Add(products, product, problems);
            }

            routes[folder.Name] = ReadRoutes(folder, former, problems);
        }

        return new PackSet([.. folders.Select(f => f.Name)], products.Values, problems, routes);
    }

    private static List<string> ProductFiles(PackFolder folder, PackSet former, List<SpecProblem> problems)
    {
        try
        {
            return [.. folder.ProductFiles()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(new SpecProblem(folder.ProductsPath, 1, 1, $"the folder cannot be read ({e.Message})", "Check that it is there, and its permissions."));
            return [.. former.Products.Where(p => p.Pack == folder.Name).Select(p => p.File)];
        }
    }

    private static Product? ReadProduct(PackFolder folder, string file, Product? former, List<SpecProblem> problems)
    {
        if (ReadText(file, problems) is not { } text)
            return former;
        if (former is not null && former.Text == text)
            return former;
        var result = SpecParser.Parse(text, file);
        problems.AddRange(result.Problems);
        return result.Spec is { } spec ? new Product(spec.Id, folder.Name, file, text, spec, ProductDecoder.Compile(spec)) : former;
    }

    private static void Add(Dictionary<string, Product> products, Product product, List<SpecProblem> problems)
    {
        if (products.TryGetValue(product.Id, out var other) && product.Pack != PackFolder.Local)
        {
            problems.Add(new SpecProblem(
                product.File, 1, 1, $"the product `{product.Id}` is already described in {other.File}", "Give one of them another product_type, or remove it."));
            return;
        }

        products[product.Id] = product;
    }

    private static IReadOnlyList<Route> ReadRoutes(PackFolder folder, PackSet former, List<SpecProblem> problems)
    {
        if (!File.Exists(folder.RoutesPath))
            return [];
        var routes = ReadText(folder.RoutesPath, problems) is { } text ? RoutesFile.Read(text, folder.RoutesPath, problems) : null;
        return routes ?? former.RoutesByPack.GetValueOrDefault(folder.Name) ?? [];
    }

    private static string? ReadText(string file, List<SpecProblem> problems)
    {
        try
        {
            if (new FileInfo(file).Length <= FileBytesMax)
                return File.ReadAllText(file);
            problems.Add(new SpecProblem(file, 1, 1, $"the file is larger than {FileBytesMax} bytes", "A spec is a page or two; split it, or move it out of the pack."));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(new SpecProblem(file, 1, 1, $"the file cannot be read ({e.Message})", "Check its permissions."));
        }

        return null;
    }
}
