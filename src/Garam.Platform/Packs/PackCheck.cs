using Garam.Decoding.Specs;
using Garam.Platform.Rules;

namespace Garam.Platform.Packs;

/// <summary>Checks files without running anything: a file, a pack, or a folder of packs.</summary>
public static class PackCheck
{
    /// <summary>Adds what is wrong to <paramref name="problems"/>; returns how many files were looked at.</summary>
    public static int Check(string path, List<SpecProblem> problems)
    {
        path = Path.GetFullPath(path);
        if (File.Exists(path))
            return CheckFile(path, problems);
        var folders = IsPack(path)
            ? [new PackFolder(Path.GetFileName(path), path)]
            : Directory.EnumerateDirectories(path).Where(IsPack).Order(StringComparer.Ordinal).Select(p => new PackFolder(Path.GetFileName(p), p)).ToList();
        if (folders.Count == 0)
            return Directory.EnumerateFiles(path, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Sum(file => CheckFile(file, problems));
        problems.AddRange(PackReader.Read(folders, PackSet.Empty).Problems);
        return folders.Sum(f => f.ProductFiles().Count() + f.RuleFiles().Count() + (File.Exists(f.RoutesPath) ? 1 : 0));
    }

    private static bool IsPack(string path) => new PackFolder("", path) is var pack && (Directory.Exists(pack.ProductsPath) || Directory.Exists(pack.RulesPath) || File.Exists(pack.RoutesPath));

    /// <summary>A file of a pack's rules, or one elsewhere that begins as one.</summary>
    private static bool IsRuleset(string file, string text) =>
        Path.GetFileName(Path.GetDirectoryName(file)) == PackFolder.RulesName || text.StartsWith("ruleset:", StringComparison.Ordinal)
        || text.Contains("\nruleset:", StringComparison.Ordinal);

    private static int CheckFile(string file, List<SpecProblem> problems)
    {
        var text = File.ReadAllText(file);
        if (Path.GetFileName(file) == PackFolder.RoutesName)
            RoutesFile.Read(text, file, problems);
        else if (IsRuleset(file, text))
            problems.AddRange(RulesetFile.Parse(text, file).Problems);
        else
            problems.AddRange(SpecParser.Parse(text, file).Problems);
        return 1;
    }
}
