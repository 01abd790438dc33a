using Garam.Platform.Alarms;
using Garam.Platform.Identity;
using Garam.Platform.Streams;

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
    private readonly Watcher<AlarmEvent> _watcher;
    private readonly Lock _reading = new();
    private readonly Dictionary<long, Alarm> _open = [];
    private volatile Snapshot _now = new(0, [], []);
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

    /// <summary>All of them, in no order.</summary>
    public IReadOnlyList<Alarm> All => Look().Open;

    /// <summary>
    /// The open alarms of a device, those of rules across devices that list it included; the worst first, of several the newest. Another
    /// customer's alarm that lists it is not among them.
    /// </summary>
    public IReadOnlyList<Alarm> Of(string deviceId, AccessScope scope) =>
        !Look().ByDevice.TryGetValue(deviceId, out var found) ? []
        : found.TrueForAll(a => scope.SeesCustomer(a.CustomerId)) ? found
        : found.FindAll(a => scope.SeesCustomer(a.CustomerId));

    /// <summary>The first of them; those that are shelved do not count.</summary>
    public Alarm? WorstOf(string deviceId, AccessScope scope)
    {
        if (!Look().ByDevice.TryGetValue(deviceId, out var found))
            return null;
        foreach (var alarm in found)
        {
            if (!alarm.IsShelved && scope.SeesCustomer(alarm.CustomerId))
                return alarm;
        }

        return null;
    }

    public void Dispose() => _watcher.Dispose();

    private Snapshot Look()
    {
        lock (_reading)
        {
            if (_isLoaded && _time.GetElapsedTime(_lookedAt) < Fresh)
                return _now;
            _lookedAt = _time.GetTimestamp();
            if (Update())
                _now = new Snapshot(_now.Version + 1, [.. _open.Values], ByDevice(_now.ByDevice));
            return _now;
        }
    }

    /// <summary>Takes over what has happened; false when nothing has.</summary>
    private bool Update()
    {
        var isChanged = false;
        if (!_isLoaded || _watcher.TakeLost() > 0)
        {
            while (_watcher.Items.TryRead(out _))
            {
                // The store knows it already.
            }

            _open.Clear();
            foreach (var alarm in _store.List(Open, AlarmsMax))
                _open[alarm.Id] = alarm;
            _isLoaded = isChanged = true;
        }

        while (_watcher.Items.TryRead(out var change))
        {
            isChanged = true;
            if (change.Alarm.State is AlarmState.Raised or AlarmState.Acknowledged)
                _open[change.Alarm.Id] = change.Alarm;
            else
                _open.Remove(change.Alarm.Id);
        }

        return isChanged;
    }

    /// <param name="former">A device's list that has not changed stays the same object: pages that show it look for that.</param>
    private Dictionary<string, List<Alarm>> ByDevice(Dictionary<string, List<Alarm>> former)
    {
        var all = new Dictionary<string, List<Alarm>>(former.Count, StringComparer.Ordinal);
        foreach (var alarm in _open.Values)
        {
            Add(alarm.DeviceId, alarm);
            foreach (var device in alarm.Devices)
            {
                if (device != alarm.DeviceId)
                    Add(device, alarm);
            }
        }

        foreach (var alarms in all.Values)
            alarms.Sort((a, b) => (b.Severity, b.Id).CompareTo((a.Severity, a.Id)));
        foreach (var (device, known) in former)
        {
            if (all.TryGetValue(device, out var alarms) && known.SequenceEqual(alarms, ReferenceEqualityComparer.Instance))
                all[device] = known;
        }

        return all;

        void Add(string device, Alarm alarm)
        {
            if (all.TryGetValue(device, out var alarms))
                alarms.Add(alarm);
            else
                all.Add(device, [alarm]);
        }
    }

    /// <param name="Open">All of them.</param>
    /// <param name="ByDevice">Not changed once it is here.</param>
    private sealed record Snapshot(long Version, IReadOnlyList<Alarm> Open, Dictionary<string, List<Alarm>> ByDevice);
}
