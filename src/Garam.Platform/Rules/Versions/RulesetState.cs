namespace Garam.Platform.Rules.Versions;

/// <summary>Whether a ruleset judges readings.</summary>
public enum RulesetState
{
    /// <summary>It has versions, and nobody has put one in force yet.</summary>
    Draft,

    /// <summary>Its active version is in force.</summary>
    Active,

    /// <summary>A person has taken it out of force.</summary>
    Disabled,

    /// <summary>The file that brought it is gone; it comes back with the file.</summary>
    Withdrawn,

    /// <summary>A person has removed it from the list; its versions and history stay, for alarms point at them.</summary>
    Deleted,
}
