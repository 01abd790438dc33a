using System.Collections.Concurrent;

namespace Garam.Platform.Alarms;

/// <summary>
/// The alarms that last, as committed. Read by lanes at any time; changed by the desk's loop only. Bounded by the devices of the registry
/// times the rules of their products: a device that never comes adds none.
/// </summary>
internal sealed class LiveAlarms
{
    private readonly ConcurrentDictionary<AlarmKey, LiveAlarm> _byKey = new();
    private long _open;

    public LiveAlarms(IEnumerable<LiveAlarm> alarms)
    {
        foreach (var alarm in alarms)
            Set(alarm.Key, alarm);
    }

    /// <summary>Raised and acknowledged ones.</summary>
    public long Open => Volatile.Read(ref _open);

    public IEnumerable<LiveAlarm> All => _byKey.Values;

    public LiveAlarm? Find(AlarmKey key) => _byKey.GetValueOrDefault(key);

    /// <summary>Puts what is known of a key now; null forgets it.</summary>
    public void Set(AlarmKey key, LiveAlarm? alarm)
    {
        var former = _byKey.GetValueOrDefault(key);
        if (alarm is null)
            _byKey.TryRemove(key, out _);
        else
            _byKey[key] = alarm;
        Volatile.Write(ref _open, _open + (alarm is { IsOpen: true } ? 1 : 0) - (former is { IsOpen: true } ? 1 : 0));
    }
}
