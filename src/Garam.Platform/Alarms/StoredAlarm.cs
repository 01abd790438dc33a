namespace Garam.Platform.Alarms;

/// <summary>An alarm with what only the desk needs to know of it.</summary>
/// <param name="MarkPosition">Log position of the newest raise or clear taken; a signal at or before it comes again.</param>
/// <param name="MarkUs">Event time of that one: a message of several readings may raise and clear at one position.</param>
/// <param name="CountBase">Readings counted before it was last reopened; detection counts from there.</param>
/// <param name="IsLasting">Whether the condition holds, whatever people have said of the alarm.</param>
/// <param name="FlapUs">Platform time of the newest coming or going while it flaps.</param>
internal sealed record StoredAlarm(Alarm Alarm, long MarkPosition, long MarkUs, long CountBase, bool IsLasting, long FlapUs)
{
    /// <summary>Whether a raise or clear of the same key has been taken before.</summary>
    public bool Knows(AlarmSignal signal) => Precedes(signal.Position, signal.EventUs, MarkPosition, MarkUs);

    internal static bool Precedes(long position, long eventUs, long markPosition, long markUs) =>
        position < markPosition || (position == markPosition && eventUs <= markUs);
}
