namespace Garam.Platform.Alarms;

/// <summary>Where an alarm is in its life.</summary>
public enum AlarmState
{
    /// <summary>The condition holds, and nobody has said that they have seen it.</summary>
    Raised,

    /// <summary>The condition holds, and somebody has.</summary>
    Acknowledged,

    /// <summary>The condition has gone by itself; nobody has said what it was.</summary>
    Cleared,

    /// <summary>Somebody has dealt with it.</summary>
    Resolved,

    /// <summary>Over: by a person, as a false alarm, or by time.</summary>
    Closed,
}
