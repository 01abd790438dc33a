namespace Garam.Platform.Alarms;

/// <summary>What happened to an alarm; each is a line of its history.</summary>
public enum AlarmChange
{
    Raised,

    /// <summary>The figures went on; not in the history.</summary>
    Progressed,
    Acknowledged,
    Cleared,

    /// <summary>Raised again soon after it had cleared, and taken as the same alarm.</summary>
    Reopened,
    Flapping,
    Resolved,
    Dismissed,
    Closed,
    Shelved,

    /// <summary>Its shelving ended while the condition lasts: it is told now.</summary>
    Unshelved,


    /// <summary>An automatic action did something, or failed.</summary>
    Acted,

    /// <summary>Nobody acknowledged in time; the next step of escalation was taken.</summary>
    Escalated,
}
