namespace Garam.Platform.Packs;

/// <summary>A pack on disk: the folder's name is the pack's.</summary>
/// <param name="Name">Name of the folder, or <see cref="Local"/>.</param>
/// <param name="Path">Full path.</param>
public sealed record PackFolder(string Name, string Path)
{
    /// <summary>The pack of what was put over REST; it wins over packs that name the same product.</summary>
    public const string Local = "local";

    private const string ProductsName = "products";
    internal const string RulesName = "rules";
    internal const string RoutesName = "routes.yaml";

    public string RoutesPath => System.IO.Path.Combine(Path, RoutesName);

    public string ProductsPath => System.IO.Path.Combine(Path, ProductsName);

    public string RulesPath => System.IO.Path.Combine(Path, RulesName);

    /// <summary>The product specs' files in a stable order.</summary>
    public IEnumerable<string> ProductFiles() =>
        Directory.Exists(ProductsPath)
            ? Directory.EnumerateFiles(ProductsPath, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            : [];

    /// <summary>The rulesets' files in a stable order; not those in folders below, which are test cases.</summary>
    public IEnumerable<string> RuleFiles() =>
        Directory.Exists(RulesPath) ? Directory.EnumerateFiles(RulesPath, "*.yaml").Order(StringComparer.Ordinal) : [];

    /// <summary>The packs in a folder, in order of their names; all when no names are given.</summary>
    public static IReadOnlyList<PackFolder> Find(string root, IReadOnlyCollection<string> names, out string? problem)
    {
        problem = null;
        if (!Directory.Exists(root))
        {
            problem = $"packs.path: the folder {root} does not exist.";
            return [];
        }

        var all = Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal)
            .Select(path => new PackFolder(System.IO.Path.GetFileName(path), path)).ToList();
        var unknown = names.Where(n => all.TrueForAll(p => p.Name != n)).ToList();
        if (unknown.Count > 0)
            problem = $"packs: there is no pack '{unknown[0]}' in {root}. There are: {string.Join(", ", all.Select(p => p.Name))}.";
        return names.Count == 0 ? all : [.. all.Where(p => names.Contains(p.Name))];
    }
}
