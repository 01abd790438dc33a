namespace Garam.Platform.Rules.Versions;

/// <summary>One line of a ruleset's history.</summary>
/// <param name="Number">From 1, rising.</param>
/// <param name="Version">The version it is about; null when it is about none.</param>
/// <param name="FormerVersion">The version in force before; null when there was none.</param>
/// <param name="Share">Share of a trial; null for other changes.</param>
/// <param name="By">Who: a principal's name, or <see cref="RulesetVersion.FileAuthor"/>.</param>
/// <param name="Reason">Why, in their words; may be empty.</param>
/// <param name="AtUs">When, Unix microseconds.</param>
public sealed record RulesetChange(
    string RulesetId, int Number, RulesetChangeKind Kind, int? Version, int? FormerVersion, double? Share, string By, string Reason, long AtUs);
