namespace Garam.Platform.Notifications;

/// <summary>Where one message goes.</summary>
/// <param name="Channel">A channel's name.</param>
/// <param name="Recipient">A telephone number, where each is a message of its own; else empty.</param>
internal sealed record NotificationTarget(string Channel, string Recipient);
