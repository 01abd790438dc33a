using Garam.Platform.Streams;

namespace Garam.Platform.Alarms;

/// <summary>
/// Changes of alarms, once committed. One of a rule across devices comes to those who watch any of them; only alarms of the customer that is seen
/// come, and of their devices only those that are.
/// </summary>
public sealed class AlarmStream() : LiveStream<AlarmEvent>(QueueMax)
{
    private const int QueueMax = 1_000;

    protected override AlarmEvent? SeenBy(Watcher<AlarmEvent> watcher, AlarmEvent happened)
    {
        if (!watcher.Scope.SeesCustomer(happened.Alarm.CustomerId))
            return null;
        var alarm = happened.Alarm.SeenBy(watcher.Scope);
        if (!watcher.Wants(alarm.DeviceId) && !alarm.Devices.Any(watcher.Wants))
            return null;
        return ReferenceEquals(alarm, happened.Alarm) ? happened : happened with { Alarm = alarm };
    }
}
