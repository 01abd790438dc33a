using Garam.Platform.Identity;

namespace Garam.Platform.Notifications;

/// <summary>A message as pages get it.</summary>
/// <param name="Json">UTF-8, see docs/how-to/notify-people.md.</param>
/// <param name="DeviceId">Whose alarm it tells; null for a digest or a test.</param>
public sealed record NotificationNotice(ReadOnlyMemory<byte> Json, string? DeviceId)
{
    /// <summary>The devices of an alarm of a rule across devices; not all of them need be seen by everybody who sees the alarm.</summary>
    public IReadOnlyList<string> Devices { get; init; } = [];

    /// <summary>Writes it again, with the devices that somebody sees.</summary>
    internal Func<AccessScope, ReadOnlyMemory<byte>>? Rewrite { get; init; }

    internal NotificationNotice SeenBy(AccessScope scope) =>
        Rewrite is null || scope.IsEverything || Devices.All(scope.SeesDevice) ? this : this with { Json = Rewrite(scope) };
}
