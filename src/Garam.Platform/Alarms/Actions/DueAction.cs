namespace Garam.Platform.Alarms.Actions;

/// <summary>An automatic action that has not been done yet.</summary>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="DueUs">When it is to be tried, Unix microseconds.</param>
internal sealed record DueAction(long AlarmId, string Action, long Attempts, long DueUs);
