using System.Collections.Frozen;
using Garam.Platform.Alarms;
using Garam.Platform.Identity;

namespace Garam.Web.Fleet;

/// <summary>
/// The alarms that are raised or acknowledged, by device: loaded once, then kept by the desk's stream, which is read when somebody looks.
/// Thread-safe; readers see one state or the next.
/// </summary>
internal sealed class OpenAlarms : IDisposable
{
    /// <summary>Of more than these the newest are shown; a fleet in that state has other worries.</summary>
    private const int AlarmsMax = 20_000;

    /// <summary>Looks within this time see the same state: many pages ask at once.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(100);

    private static readonly AlarmFilter Open = new(States: [AlarmState.Raised, AlarmState.Acknowledged]);

    private readonly AlarmStore _store;
    private readonly TimeProvider _time;
    private readonly AlarmStream.Watcher _watcher;
    private readonly Lock _reading = new();
    private readonly Dictionary<long, Alarm> _open = [];
    private volatile Snapshot _now = new(0, FrozenDictionary<string, Alarm>.Empty);
    private bool _isLoaded;
    private long _lookedAt;

    public OpenAlarms(AlarmStore store, AlarmDesk desk, TimeProvider time)
    {
        _store = store;
        _time = time;
        // Before the first load, so that nothing happens between the two.
        _watcher = desk.Stream.Watch(null, AccessScope.Everything);
    }

    /// <summary>Rises with every change of any alarm.</summary>
    public long Version => Look().Version;

    /// <summary>The worst open alarm of a device, of several the newest; those that are shelved do not count.</summary>
    public Alarm? WorstOf(string deviceId) => Look().Worst.GetValueOrDefault(deviceId);

    public void Dispose() => _watcher.Dispose();

    private Snapshot Look()
    {
        lock (_reading)
        {
            if (_isLoaded && _time.GetElapsedTime(_lookedAt) < Fresh)
                return _now;
            _lookedAt = _time.GetTimestamp();
            if (Update())
                _now = new Snapshot(_now.Version + 1, Worst());
            return _now;
        }
    }

    /// <summary>Takes over what has happened; false when nothing has.</summary>
    private bool Update()
    {
        var isChanged = false;
        if (!_isLoaded || _watcher.TakeLost() > 0)
        {
            while (_watcher.Changes.TryRead(out _))
            {
                // The store knows it already.
            }

            _open.Clear();
            foreach (var alarm in _store.List(Open, AlarmsMax))
                _open[alarm.Id] = alarm;
            _isLoaded = isChanged = true;
        }

        while (_watcher.Changes.TryRead(out var change))
        {
            isChanged = true;
            if (change.Alarm.State is AlarmState.Raised or AlarmState.Acknowledged)
                _open[change.Alarm.Id] = change.Alarm;
            else
                _open.Remove(change.Alarm.Id);
        }

        return isChanged;
    }

    private FrozenDictionary<string, Alarm> Worst()
    {
        var worst = new Dictionary<string, Alarm>(StringComparer.Ordinal);
        foreach (var alarm in _open.Values)
        {
            if (alarm.IsShelved)
                continue;
            foreach (var device in alarm.Devices.Append(alarm.DeviceId))
            {
                if (!worst.TryGetValue(device, out var known) || (alarm.Severity, alarm.Id).CompareTo((known.Severity, known.Id)) > 0)
                    worst[device] = alarm;
            }
        }

        return worst.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private sealed record Snapshot(long Version, FrozenDictionary<string, Alarm> Worst);
}
