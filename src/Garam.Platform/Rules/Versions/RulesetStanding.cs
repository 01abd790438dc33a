namespace Garam.Platform.Rules.Versions;

/// <summary>How a ruleset stands: what was last put in force, by whomever.</summary>
/// <param name="ActiveVersion">The version in force while <see cref="State"/> is active; kept when it is disabled or withdrawn. Null for a draft.</param>
/// <param name="File">Full path of the pack's file it was last taken from; null when it never came from one.</param>
/// <param name="FileHash">SHA-256 of that file as last taken over, in hex: an unchanged file undoes nobody's decision.</param>
/// <param name="Revision">Rises with every change of these; a person's change may name the one it was made on.</param>
public sealed record RulesetStanding(
    string Id, RulesetState State, int? ActiveVersion, RulesetTrialStanding? Trial, string? File, string? FileHash, int Revision, long UpdatedUs);
