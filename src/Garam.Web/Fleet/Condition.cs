namespace Garam.Web.Fleet;

/// <summary>How a device is, as its card shows it; from what needs a person first to what needs nobody.</summary>
public enum Condition
{
    Critical,
    High,
    Medium,

    /// <summary>It has been silent for ten of its periods.</summary>
    Offline,

    /// <summary>It has been silent for three of its periods.</summary>
    Stale,
    Normal,

    /// <summary>Registered, and never heard of.</summary>
    Never,

    /// <summary>A person has disabled it; whatever alarms it left, it waits for nothing.</summary>
    Disabled,
}
