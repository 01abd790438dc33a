namespace Garam.Platform.Alarms;

/// <summary>What detection takes up again after a restart: an alarm whose condition had not ceased to hold.</summary>
/// <param name="RaisedPosition">Position that raised it.</param>
/// <param name="LastPosition">Newest position counted.</param>
/// <param name="FirstUs">Event time of the raise, Unix microseconds.</param>
/// <param name="LastUs">Event time of the newest reading counted.</param>
/// <param name="Count">Readings counted.</param>
/// <param name="Worst">Worst value; NaN when none.</param>
public sealed record LastingAlarm(AlarmKey Key, long RaisedPosition, long LastPosition, long FirstUs, long LastUs, long Count, double Worst);
