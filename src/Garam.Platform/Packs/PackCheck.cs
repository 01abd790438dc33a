using Garam.Decoding.Specs;
using Garam.Platform.Rules;

namespace Garam.Platform.Packs;

/// <summary>
/// Checks files without running anything: a file, a pack, or a folder of packs. Rulesets are bound to their products, those of the folder
/// first, then the known ones.
/// </summary>
/// <param name="known">Packs in whose products rulesets may be found besides.</param>
/// <param name="rulesets">Knows what rules may name besides the metrics of specs.</param>
public sealed class PackCheck(PackSet known, RulesetCheck rulesets)
{
    private readonly List<SpecProblem> _problems = [];
    private readonly List<SpecProblem> _notes = [];

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<SpecProblem> Problems => _problems;

    /// <summary>What is right and should be known: a rule that waits for a model.</summary>
    public IReadOnlyList<SpecProblem> Notes => _notes;

    /// <summary>Adds what there is to say of a path; returns how many files were looked at.</summary>
    public int Check(string path)
    {
        path = Path.GetFullPath(path);
        if (File.Exists(path))
            return CheckFile(path);
        var folders = IsPack(path)
            ? [new PackFolder(Path.GetFileName(path), path)]
            : Directory.EnumerateDirectories(path).Where(IsPack).Order(StringComparer.Ordinal).Select(p => new PackFolder(Path.GetFileName(p), p)).ToList();
        if (folders.Count == 0)
            return Directory.EnumerateFiles(path, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Sum(CheckFile);
        var set = PackReader.Read(folders, PackSet.Empty);
        _problems.AddRange(set.Problems);
        foreach (var ruleset in set.Rulesets)
            Bind(ruleset.Definition, ruleset.File, set);
        return folders.Sum(f => f.ProductFiles().Count() + f.RuleFiles().Count() + (File.Exists(f.RoutesPath) ? 1 : 0));
    }

    private static bool IsPack(string path) =>
        new PackFolder("", path) is var pack && (Directory.Exists(pack.ProductsPath) || Directory.Exists(pack.RulesPath) || File.Exists(pack.RoutesPath));

    /// <summary>A file of a pack's rules, or one elsewhere that begins as one.</summary>
    private static bool IsRuleset(string file, string text) =>
        Path.GetFileName(Path.GetDirectoryName(file)) == PackFolder.RulesName || text.StartsWith("ruleset:", StringComparison.Ordinal)
        || text.Contains("\nruleset:", StringComparison.Ordinal);

    private int CheckFile(string file)
    {
        if (PackText.Read(file, _problems) is not { } text)
            return 1;
        if (Path.GetFileName(file) == PackFolder.RoutesName)
            RoutesFile.Read(text, file, _problems);
        else if (IsRuleset(file, text))
            CheckRuleset(file, text);
        else
            _problems.AddRange(SpecParser.Parse(text, file).Problems);
        return 1;
    }

    private void CheckRuleset(string file, string text)
    {
        var parsed = RulesetFile.Parse(text, file);
        _problems.AddRange(parsed.Problems);
        if (parsed.Definition is not { } definition)
            return;
        // A file of a pack is about that pack's products, wherever the pack lies.
        var pack = Path.GetDirectoryName(Path.GetDirectoryName(file));
        var own = pack is not null && IsPack(pack) ? PackReader.Read([new PackFolder(Path.GetFileName(pack), pack)], PackSet.Empty) : PackSet.Empty;
        Bind(definition, file, own);
    }

    private void Bind(RulesetDefinition definition, string file, PackSet own)
    {
        var bound = rulesets.Check(definition, file, own.TryGetProduct(definition.ProductId, out _) ? own : known);
        _problems.AddRange(bound.Problems);
        _notes.AddRange(bound.Notes);
    }
}
