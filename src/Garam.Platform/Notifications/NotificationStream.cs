using System.Collections.Immutable;
using System.Threading.Channels;
using Garam.Platform.Identity;

namespace Garam.Platform.Notifications;

/// <summary>Hands notifications to the pages that are open. A watcher that is too slow loses its oldest and is told how many.</summary>
public sealed class NotificationStream
{
    private const int QueueMax = 200;

    private ImmutableArray<Watcher> _watchers = [];

    internal void Publish(NotificationNotice notice)
    {
        foreach (var watcher in _watchers)
            watcher.Offer(notice);
    }

    /// <summary>Begins to watch; disposing the watcher ends it.</summary>
    /// <param name="devices">Whose notifications; null is all. Digests go to those who watch all.</param>
    /// <param name="scope">What the watcher may see.</param>
    public Watcher Watch(IReadOnlySet<string>? devices, AccessScope scope)
    {
        var watcher = new Watcher(this, devices, scope);
        ImmutableInterlocked.Update(ref _watchers, (all, added) => all.Add(added), watcher);
        return watcher;
    }

    /// <summary>One who watches.</summary>
    public sealed class Watcher : IDisposable
    {
        private readonly NotificationStream _stream;
        private readonly IReadOnlySet<string>? _devices;
        private readonly AccessScope _scope;
        private readonly Channel<NotificationNotice> _queue;
        private long _lost;

        internal Watcher(NotificationStream stream, IReadOnlySet<string>? devices, AccessScope scope)
        {
            _stream = stream;
            _devices = devices;
            _scope = scope;
            _queue = Channel.CreateBounded<NotificationNotice>(
                new BoundedChannelOptions(QueueMax) { FullMode = BoundedChannelFullMode.DropOldest }, _ => Interlocked.Increment(ref _lost));
        }

        public ChannelReader<NotificationNotice> Notices => _queue.Reader;

        /// <summary>Notices lost since the last call.</summary>
        public long TakeLost() => Interlocked.Exchange(ref _lost, 0);

        public void Dispose()
        {
            ImmutableInterlocked.Update(ref _stream._watchers, (all, removed) => all.Remove(removed), this);
            _queue.Writer.TryComplete();
        }

        internal void Offer(NotificationNotice notice)
        {
            // A digest tells of many customers' devices: only those get it who may see everything.
            var isWanted = notice.DeviceId is { } device ? IsWatched(device, notice.Devices) && _scope.SeesDevice(device) : _devices is null && _scope.IsEverything;
            if (isWanted)
                _queue.Writer.TryWrite(notice.SeenBy(_scope));
        }

        private bool IsWatched(string device, IReadOnlyList<string> further) =>
            _devices is null || _devices.Contains(device) || further.Any(d => _devices.Contains(d) && _scope.SeesDevice(d));
    }
}
