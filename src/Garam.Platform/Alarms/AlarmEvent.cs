namespace Garam.Platform.Alarms;

/// <summary>A change of an alarm, for those who watch and for the outbox.</summary>
/// <param name="Alarm">As it is after the change.</param>
/// <param name="By">Who made it: a person's or program's name, or null when it was the platform.</param>
/// <param name="AtUs">When, by the platform's clock.</param>
/// <param name="Note">What they said; null when nothing.</param>
public sealed record AlarmEvent(AlarmChange Change, Alarm Alarm, long AtUs, string? By, string? Note);
