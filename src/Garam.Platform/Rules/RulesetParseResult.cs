using Garam.Decoding.Specs;

namespace Garam.Platform.Rules;

/// <summary>A ruleset, or what is wrong with it.</summary>
/// <param name="Definition">Null when there are problems.</param>
public sealed record RulesetParseResult(RulesetDefinition? Definition, IReadOnlyList<SpecProblem> Problems);
