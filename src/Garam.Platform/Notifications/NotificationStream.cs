using Garam.Platform.Streams;

namespace Garam.Platform.Notifications;

/// <summary>Notifications for the pages that are open. A digest tells of many customers' devices: only those get it who watch and may see everything.</summary>
public sealed class NotificationStream() : LiveStream<NotificationNotice>(QueueMax)
{
    private const int QueueMax = 200;

    protected override NotificationNotice? SeenBy(Watcher<NotificationNotice> watcher, NotificationNotice happened)
    {
        var scope = watcher.Scope;
        var isWanted = happened.DeviceId is { } device
            ? (watcher.Wants(device) || happened.Devices.Any(d => watcher.Wants(d) && scope.SeesDevice(d))) && scope.SeesDevice(device)
            : watcher.WantsAll && scope.IsEverything;
        return isWanted ? happened.SeenBy(scope) : null;
    }
}
