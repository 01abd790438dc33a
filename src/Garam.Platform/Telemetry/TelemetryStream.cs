using System.Collections.Immutable;
using System.Threading.Channels;
using Garam.Platform.Identity;

namespace Garam.Platform.Telemetry;

/// <summary>
/// Hands readings to those who watch live. Watching costs the pipeline nothing while nobody does, and a watcher that is too slow loses
/// its oldest readings and is told how many, instead of slowing anybody.
/// </summary>
public sealed class TelemetryStream
{
    private const int QueueMax = 1_000;

    private ImmutableArray<Watcher> _watchers = [];

    /// <summary>Whether anybody watches this device.</summary>
    internal bool IsWatched(string deviceId)
    {
        foreach (var watcher in _watchers)
        {
            if (watcher.Wants(deviceId))
                return true;
        }

        return false;
    }

    internal void Publish(TelemetryEvent reading)
    {
        foreach (var watcher in _watchers)
        {
            if (watcher.Wants(reading.DeviceId))
                watcher.Offer(reading);
        }
    }

    /// <summary>Begins to watch; disposing the watcher ends it.</summary>
    /// <param name="devices">The devices to watch; null watches all.</param>
    /// <param name="scope">Only what is seen comes, asked at every reading: a device may change hands.</param>
    public Watcher Watch(IReadOnlySet<string>? devices, AccessScope scope)
    {
        var watcher = new Watcher(this, devices, scope);
        ImmutableInterlocked.Update(ref _watchers, (all, added) => all.Add(added), watcher);
        return watcher;
    }

    /// <summary>One who watches.</summary>
    public sealed class Watcher : IDisposable
    {
        private readonly TelemetryStream _stream;
        private readonly IReadOnlySet<string>? _devices;
        private readonly AccessScope _scope;
        private readonly Channel<TelemetryEvent> _queue;
        private long _lost;

        internal Watcher(TelemetryStream stream, IReadOnlySet<string>? devices, AccessScope scope)
        {
            _stream = stream;
            _devices = devices;
            _scope = scope;
            _queue = Channel.CreateBounded<TelemetryEvent>(
                new BoundedChannelOptions(QueueMax) { FullMode = BoundedChannelFullMode.DropOldest }, _ => Interlocked.Increment(ref _lost));
        }

        public ChannelReader<TelemetryEvent> Readings => _queue.Reader;

        /// <summary>Readings lost since the last call.</summary>
        public long TakeLost() => Interlocked.Exchange(ref _lost, 0);

        public void Dispose()
        {
            ImmutableInterlocked.Update(ref _stream._watchers, (all, removed) => all.Remove(removed), this);
            _queue.Writer.TryComplete();
        }

        internal bool Wants(string deviceId) => (_devices is null || _devices.Contains(deviceId)) && _scope.SeesDevice(deviceId);

        internal void Offer(TelemetryEvent reading) => _queue.Writer.TryWrite(reading);
    }
}
