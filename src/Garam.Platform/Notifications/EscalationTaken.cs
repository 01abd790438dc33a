namespace Garam.Platform.Notifications;

/// <summary>A step of an escalation was taken: for the alarm's history.</summary>
/// <param name="Step">From 1.</param>
/// <param name="Note">Who was told, a sentence.</param>
public sealed record EscalationTaken(long AlarmId, string Route, int Step, string Note);
