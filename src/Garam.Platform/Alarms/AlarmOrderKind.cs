namespace Garam.Platform.Alarms;

/// <summary>What a person may do with an alarm.</summary>
public enum AlarmOrderKind
{
    /// <summary>Says that they have seen it.</summary>
    Acknowledge,

    /// <summary>Says that they have dealt with it.</summary>
    Resolve,

    /// <summary>Says that it was a false alarm, and why.</summary>
    Dismiss,

    /// <summary>Puts it away.</summary>
    Close,
}
