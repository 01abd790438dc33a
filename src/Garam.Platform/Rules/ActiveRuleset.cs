namespace Garam.Platform.Rules;

/// <summary>A ruleset in force.</summary>
/// <param name="Definition">The live version.</param>
/// <param name="Version">Its number.</param>
/// <param name="Trial">A version on trial; null when there is none.</param>
public sealed record ActiveRuleset(RulesetDefinition Definition, int Version, RulesetTrial? Trial);
