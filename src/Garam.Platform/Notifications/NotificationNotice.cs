namespace Garam.Platform.Notifications;

/// <summary>A message as pages get it.</summary>
/// <param name="Json">UTF-8, see docs/how-to/notify-people.md.</param>
/// <param name="DeviceId">Whose alarm it tells; null for a digest or a test.</param>
public sealed record NotificationNotice(ReadOnlyMemory<byte> Json, string? DeviceId);
