using System.Threading.Channels;
using Garam.Platform.Identity;

namespace Garam.Platform.Streams;

/// <summary>One who watches a stream until disposed.</summary>
public sealed class Watcher<T> : IDisposable
{
    private readonly IReadOnlySet<string>? _devices;
    private readonly Action<Watcher<T>> _leave;
    private readonly Channel<T> _queue;
    private long _lost;

    internal Watcher(IReadOnlySet<string>? devices, AccessScope scope, int queueMax, Action<Watcher<T>> leave)
    {
        _devices = devices;
        _leave = leave;
        Scope = scope;
        _queue = Channel.CreateBounded<T>(
            new BoundedChannelOptions(queueMax) { FullMode = BoundedChannelFullMode.DropOldest }, _ => Interlocked.Increment(ref _lost));
    }

    /// <summary>What it may see.</summary>
    public AccessScope Scope { get; }

    /// <summary>Whether it watches all devices that it may see.</summary>
    public bool WantsAll => _devices is null;

    /// <summary>What has come, in order.</summary>
    public ChannelReader<T> Items => _queue.Reader;

    /// <summary>Whether it asked for a device, seen or not.</summary>
    public bool Wants(string deviceId) => _devices is null || _devices.Contains(deviceId);

    /// <summary>Items lost since the last call.</summary>
    public long TakeLost() => Interlocked.Exchange(ref _lost, 0);

    public void Dispose()
    {
        _leave(this);
        _queue.Writer.TryComplete();
    }

    internal void Offer(T item) => _queue.Writer.TryWrite(item);
}
