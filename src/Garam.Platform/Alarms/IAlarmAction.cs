namespace Garam.Platform.Alarms;

/// <summary>Something that acts by itself on an alarm whose <see cref="FollowUp"/> says so: a shadow's desired state, a relay, a call to another system.</summary>
public interface IAlarmAction
{
    /// <summary>Shown in the alarm's history.</summary>
    string Name { get; }

    /// <summary>Whether it concerns itself with this alarm.</summary>
    bool Wants(Alarm alarm);

    /// <summary>
    /// Acts; returns what was done, a sentence. An exception is recorded in the alarm's history. Called at least once: a crash in the middle
    /// calls it again after the restart.
    /// </summary>
    Task<string> ActAsync(Alarm alarm, CancellationToken cancellation);
}
