namespace Garam.Platform.Rules;

/// <summary>A ruleset bound to the metrics of its product. Immutable.</summary>
/// <param name="Version">Its number, for lineage.</param>
public sealed record CompiledRuleset(RulesetDefinition Definition, int Version, IReadOnlyList<CompiledRule> Rules);
