using System.Collections.Immutable;
using System.Threading.Channels;
using Garam.Platform.Identity;

namespace Garam.Platform.Alarms;

/// <summary>
/// Hands changes of alarms, once committed, to those who watch live. A watcher that is too slow loses its oldest and is told how many.
/// </summary>
public sealed class AlarmStream
{
    private const int QueueMax = 1_000;

    private ImmutableArray<Watcher> _watchers = [];

    /// <summary>Whether anybody watches.</summary>
    public bool IsWatched => !_watchers.IsEmpty;

    internal void Publish(AlarmEvent change)
    {
        foreach (var watcher in _watchers)
            watcher.Offer(change);
    }

    /// <summary>Begins to watch; disposing the watcher ends it.</summary>
    /// <param name="devices">The devices whose alarms to watch, also those of a rule across devices that they met; null watches all.</param>
    /// <param name="scope">Only alarms of the customer that is seen come.</param>
    public Watcher Watch(IReadOnlySet<string>? devices, AccessScope scope)
    {
        var watcher = new Watcher(this, devices, scope);
        ImmutableInterlocked.Update(ref _watchers, (all, added) => all.Add(added), watcher);
        return watcher;
    }

    /// <summary>One who watches.</summary>
    public sealed class Watcher : IDisposable
    {
        private readonly AlarmStream _stream;
        private readonly IReadOnlySet<string>? _devices;
        private readonly AccessScope _scope;
        private readonly Channel<AlarmEvent> _queue;
        private long _lost;

        internal Watcher(AlarmStream stream, IReadOnlySet<string>? devices, AccessScope scope)
        {
            _stream = stream;
            _devices = devices;
            _scope = scope;
            _queue = Channel.CreateBounded<AlarmEvent>(
                new BoundedChannelOptions(QueueMax) { FullMode = BoundedChannelFullMode.DropOldest }, _ => Interlocked.Increment(ref _lost));
        }

        public ChannelReader<AlarmEvent> Changes => _queue.Reader;

        /// <summary>Changes lost since the last call.</summary>
        public long TakeLost() => Interlocked.Exchange(ref _lost, 0);

        public void Dispose()
        {
            ImmutableInterlocked.Update(ref _stream._watchers, (all, removed) => all.Remove(removed), this);
            _queue.Writer.TryComplete();
        }

        internal void Offer(AlarmEvent change)
        {
            if (!_scope.SeesCustomer(change.Alarm.CustomerId))
                return;
            var alarm = change.Alarm.SeenBy(_scope);
            if (_devices is null || _devices.Contains(alarm.DeviceId) || alarm.Devices.Any(_devices.Contains))
                _queue.Writer.TryWrite(ReferenceEquals(alarm, change.Alarm) ? change : change with { Alarm = alarm });
        }
    }
}
