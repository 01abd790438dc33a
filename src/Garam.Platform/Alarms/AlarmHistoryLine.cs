namespace Garam.Platform.Alarms;

/// <summary>A line of an alarm's history.</summary>
/// <param name="Id">Rises over all alarms.</param>
/// <param name="Change">An <see cref="AlarmChange"/> in lower case.</param>
/// <param name="MadeBy">A person, or an action's name; null when it was the platform.</param>
public sealed record AlarmHistoryLine(long Id, long AtUs, string Change, string? MadeBy, string? Note);
