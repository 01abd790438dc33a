namespace Garam.Platform.Rules.Versions;

/// <summary>What was done to a ruleset.</summary>
public enum RulesetChangeKind
{
    /// <summary>A version was recorded; it is not in force by that.</summary>
    Recorded,
    Activated,
    RolledBack,
    TrialStarted,
    TrialEnded,
    Disabled,
    Withdrawn,
    Deleted,
}
