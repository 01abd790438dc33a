namespace Garam.Platform.Notifications;

/// <summary>Which rows of the outbox somebody wants to see; null fits everything.</summary>
internal sealed record NotificationFilter(NotificationState? State, string? Channel, string? Route, long? Alarm, string? Customer);
