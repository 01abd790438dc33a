namespace Garam.Platform.Alarms;

/// <summary>What follows an alarm besides its record. A rule names it with <c>then:</c>; else its severity decides.</summary>
[Flags]
public enum FollowUp
{
    /// <summary>The alarm is recorded and shown, nothing more.</summary>
    Log = 0,

    /// <summary>It stands in the queue of work.</summary>
    Queue = 1,

    /// <summary>People are told.</summary>
    Notify = 2,

    /// <summary>The automatic action is asked for.</summary>
    Action = 4,
}
