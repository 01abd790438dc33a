namespace Garam.Platform.Alarms;

/// <summary>The condition holds no more.</summary>
/// <param name="Count">Readings that met the condition while it lasted.</param>
/// <param name="Worst">The worst value while it lasted; NaN when the rule looks at none.</param>
/// <param name="Reason">Why, when it was not a reading: <c>rule-removed</c>, <c>rule-changed</c>, <c>device-removed</c>; else null.</param>
public sealed record AlarmClear(AlarmKey Key, long Position, long EventUs, long Count, double Worst, string? Reason = null)
    : AlarmSignal(Key, Position, EventUs);
