using Garam.Decoding.Specs;

namespace Garam.Platform.Rules;

/// <summary>A ruleset bound to its product, or what is wrong with it.</summary>
/// <param name="Ruleset">Null when there are problems.</param>
/// <param name="Notes">What is right but should be known: a model that is not installed yet.</param>
public sealed record RulesetCompileResult(CompiledRuleset? Ruleset, IReadOnlyList<SpecProblem> Problems, IReadOnlyList<SpecProblem> Notes);
