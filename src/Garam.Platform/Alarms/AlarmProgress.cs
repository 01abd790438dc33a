namespace Garam.Platform.Alarms;

/// <summary>The condition still holds. Sent at most about once a second for each alarm; the figures are totals, so a repeated one changes nothing.</summary>
/// <param name="Count">Readings that met the condition since it was raised, the raising one included.</param>
/// <param name="Worst">The worst value so far; NaN when the rule looks at none.</param>
/// <param name="Position">Position of the newest reading that met it.</param>
public sealed record AlarmProgress(AlarmKey Key, long Position, long EventUs, long Count, double Worst) : AlarmSignal(Key, Position, EventUs);
