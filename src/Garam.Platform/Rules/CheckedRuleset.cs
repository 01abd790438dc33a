using Garam.Decoding.Specs;

namespace Garam.Platform.Rules;

/// <summary>A ruleset's text against today's product.</summary>
/// <param name="Definition">What it says; null when it is no ruleset at all.</param>
/// <param name="Problems">What is wrong; empty when it may be in force.</param>
/// <param name="Notes">What should be known: a model that is not installed yet.</param>
public sealed record CheckedRuleset(RulesetDefinition? Definition, IReadOnlyList<SpecProblem> Problems, IReadOnlyList<SpecProblem> Notes)
{
    public bool IsFit => Definition is not null && Problems.Count == 0;
}
