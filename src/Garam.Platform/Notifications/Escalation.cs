namespace Garam.Platform.Notifications;

/// <summary>An alarm that nobody has acknowledged yet, on a route with steps.</summary>
/// <param name="EventId">The stored event that raised it.</param>
/// <param name="NextStep">From 1.</param>
/// <param name="DueUs">When the next step is taken, Unix microseconds; null when there is none.</param>
/// <param name="RecordStep">A step that was taken and is not yet in the alarm's history.</param>
internal sealed record Escalation(long AlarmId, string Route, long EventId, int NextStep, long? DueUs, int? RecordStep = null);
