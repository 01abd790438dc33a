namespace Garam.Platform.Alarms;

/// <summary>What people said of an alarm afterwards; rules are judged by it.</summary>
public enum AlarmVerdict
{
    /// <summary>It was right.</summary>
    Confirmed,

    /// <summary>It was a false alarm.</summary>
    Dismissed,
}
