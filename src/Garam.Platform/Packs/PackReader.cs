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
    /// <param name="former">What was in force before; unchanged files keep their compiled decoder and with it the metrics it has met.</param>
    public static PackSet Read(IReadOnlyList<PackFolder> folders, PackSet former)
    {
        var problems = new List<SpecProblem>();
        var products = new Dictionary<string, Product>(StringComparer.Ordinal);
        var rulesets = new Dictionary<string, PackRuleset>(StringComparer.Ordinal);
        var routes = new Dictionary<string, IReadOnlyList<Route>>(StringComparer.Ordinal);
        var byFile = former.Products.ToDictionary(p => p.File, StringComparer.Ordinal);
        foreach (var folder in folders)
        {
            foreach (var file in PackText.List(folder.ProductsPath, folder.ProductFiles, former.Products.Where(p => p.Pack == folder.Name).Select(p => p.File), problems))
            {
                var product = ReadProduct(folder, file, byFile.GetValueOrDefault(file), problems);
                if (product is not null)
                    Add(products, product, problems);
            }

            RulesetFolder.Read(folder, former, rulesets, problems);
            routes[folder.Name] = ReadRoutes(folder, former, problems);
        }

        return new PackSet([.. folders.Select(f => f.Name)], products.Values, rulesets.Values, problems, routes);
    }

    private static Product? ReadProduct(PackFolder folder, string file, Product? former, List<SpecProblem> problems)
    {
        if (PackText.Read(file, problems) is not { } text)
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
                product.File, 1, 1, $"the product `{product.Id}` is already described in {other.File}", $"Give one of them another product_type, or remove it."));
            return;
        }

        products[product.Id] = product;
    }

    private static IReadOnlyList<Route> ReadRoutes(PackFolder folder, PackSet former, List<SpecProblem> problems)
    {
        if (!File.Exists(folder.RoutesPath))
            return [];
        var routes = PackText.Read(folder.RoutesPath, problems) is { } text ? RoutesFile.Read(text, folder.RoutesPath, problems) : null;
        return routes ?? former.RoutesByPack.GetValueOrDefault(folder.Name) ?? [];
    }
}
