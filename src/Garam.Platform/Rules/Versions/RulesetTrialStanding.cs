namespace Garam.Platform.Rules.Versions;

/// <summary>A version on trial.</summary>
/// <param name="Share">Share of the devices it judges, above 0 and up to 1.</param>
/// <param name="SinceUs">Since when, Unix microseconds.</param>
public sealed record RulesetTrialStanding(int Version, double Share, long SinceUs);
