using Garam.Decoding.Specs;
using Garam.Platform.Rules;

namespace Garam.Platform.Packs;

/// <summary>Reads the <c>rules</c> folders of packs. A file with an error changes nothing: the ruleset it held before stays.</summary>
internal static class RulesetFolder
{
    /// <param name="rulesets">Taken up so far, by id; those of the local pack win over others.</param>
    public static void Read(PackFolder folder, PackSet former, Dictionary<string, PackRuleset> rulesets, List<SpecProblem> problems)
    {
        var before = former.Rulesets.Where(r => r.Pack == folder.Name).ToDictionary(r => r.File, StringComparer.Ordinal);
        foreach (var file in PackText.List(folder.RulesPath, folder.RuleFiles, before.Keys, problems))
        {
            if (ReadOne(folder, file, before.GetValueOrDefault(file), problems) is { } ruleset)
                Add(rulesets, ruleset, problems);
        }
    }

    private static PackRuleset? ReadOne(PackFolder folder, string file, PackRuleset? former, List<SpecProblem> problems)
    {
        if (PackText.Read(file, problems) is not { } text)
            return former;
        if (former is not null && former.Text == text)
            return former;
        var result = RulesetFile.Parse(text, file);
        problems.AddRange(result.Problems);
        return result.Definition is { } definition ? new PackRuleset(definition, folder.Name, file, text) : former;
    }

    private static void Add(Dictionary<string, PackRuleset> rulesets, PackRuleset ruleset, List<SpecProblem> problems)
    {
        if (rulesets.TryGetValue(ruleset.Id, out var other) && (ruleset.Pack != PackFolder.Local || other.Pack == PackFolder.Local))
        {
            problems.Add(new SpecProblem(
                ruleset.File, 1, 1, $"the ruleset `{ruleset.Id}` is already in {other.File}", $"Give one of them another id after `ruleset:`, or remove it."));
            return;
        }

        rulesets[ruleset.Id] = ruleset;
    }
}
