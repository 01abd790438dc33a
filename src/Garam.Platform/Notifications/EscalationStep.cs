namespace Garam.Platform.Notifications;

/// <summary>Who is told when nobody has acknowledged this long after the raise.</summary>
internal sealed record EscalationStep(TimeSpan After, IReadOnlyList<NotificationTarget> Targets);
