namespace Garam.Platform.Alarms;

/// <summary>What a person wants of an alarm.</summary>
/// <param name="By">The person's, or program's, name.</param>
/// <param name="Note">A note; for a dismissal the reason, which must be there.</param>
/// <param name="IsConfirmed">For a resolution: whether the alarm was right.</param>
/// <param name="Revision">The revision they looked at; when it is given and another is in force, nothing is changed.</param>
public sealed record AlarmOrder(long AlarmId, AlarmOrderKind Kind, string By, string? Note = null, bool IsConfirmed = true, int? Revision = null);
