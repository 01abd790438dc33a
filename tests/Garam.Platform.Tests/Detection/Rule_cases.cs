using Garam.Packs.Fire;
using Garam.Platform.Rules;

namespace Garam.Platform.Tests.Detection;

/// <summary>
/// Cases as data: readings go in, alarms come out as <c>expected.txt</c> says. Those of the engine lie beside this file, each with its ruleset;
/// those of packs in <c>packs/*/rules/testcases</c>. Adding one needs no C#.
/// </summary>
public sealed class Rule_cases
{
    private static readonly string Engine = Path.Combine(AppContext.BaseDirectory, "Detection", "cases");

    public static TheoryData<string> EngineCases => [.. Directory.EnumerateDirectories(Engine).Order(StringComparer.Ordinal).Select(p => Path.GetFileName(p)!)];

    public static TheoryData<string> PackCases =>
        [.. Directory.EnumerateFiles(Repository.Packs, "expected.txt", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(f => Path.GetRelativePath(Repository.Packs, Path.GetDirectoryName(f)!).Replace('\\', '/'))];

    [Theory]
    [MemberData(nameof(EngineCases))]
    public void The_engine_says(string name)
    {
        using var folder = new TemporaryFolder();
        using var packs = new PackFolders(folder);
        packs.WriteProduct("case", "case", File.ReadAllText(Path.Combine(Engine, "product.yaml")));
        packs.WriteRuleset("case", "case", File.ReadAllText(Path.Combine(Engine, name, "ruleset.yaml")));
        var set = packs.Open().Current;
        set.Problems.ShouldBeEmpty();

        Check(Path.Combine(Engine, name), set, set.Rulesets, PackCode.None);
    }

    [Theory]
    [MemberData(nameof(PackCases), DisableDiscoveryEnumeration = true)]
    public void The_rules_of_a_pack_say(string name)
    {
        var set = PackSnapshot.Read(PackFolder.Find(Repository.Packs, [], out _));

        Check(Path.Combine(Repository.Packs, name), set, set.Rulesets.Where(r => r.Pack == name.Split('/')[0]), FirePack.Code);
    }

    private static void Check(string folder, PackSet packs, IEnumerable<PackRuleset> rulesets, PackCode code)
    {
        using var run = new CaseRun(packs, rulesets.Select(r => r.Definition), code);

        var lines = run.Run(CaseReading.ReadAll(Path.Combine(folder, "readings.ndjson")));

        string.Join('\n', lines).ShouldBe(string.Join('\n', File.ReadLines(Path.Combine(folder, "expected.txt")).Where(l => l.Trim().Length > 0 && !l.StartsWith('#')).Select(Normal)));
    }

    /// <summary>The line with its time written out.</summary>
    private static string Normal(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var at = Array.IndexOf(words, "at") + 1;
        at.ShouldBeGreaterThan(0, $"`{line}` is no line such as `raise RULE SUBJECT at TIME SEVERITY`");
        words[at] = CaseReading.Format(CaseReading.TimeOf(words[at].TrimEnd('s')));
        return string.Join(' ', words);
    }
}
