namespace Garam.Platform.Alarms;

/// <summary>
/// What detection tells the alarms. Signals of one key come in the order of the log; after a restart the part of the log behind the last
/// checkpoint is read again, so each may come twice: <see cref="Position"/> tells.
/// </summary>
/// <param name="Key">Which alarm.</param>
/// <param name="Position">Log position of the message that caused it; −1 when no message did (a silence that ran out, a removed rule).</param>
/// <param name="EventUs">Time of the reading, Unix microseconds.</param>
public abstract record AlarmSignal(AlarmKey Key, long Position, long EventUs);
