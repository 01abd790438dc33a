using System.Collections.Immutable;
using Garam.Platform.Identity;

namespace Garam.Platform.Streams;

/// <summary>
/// Hands what happens to those who watch live. It costs next to nothing while nobody does, and a watcher that is too slow loses its oldest and is
/// told how many, instead of slowing anybody. Thread-safe.
/// </summary>
/// <typeparam name="T">What is handed on; immutable.</typeparam>
/// <param name="queueMax">Kept for a watcher at most.</param>
public abstract class LiveStream<T>(int queueMax)
    where T : class
{
    private ImmutableArray<Watcher<T>> _watchers = [];

    /// <summary>Whether anybody watches.</summary>
    public bool IsWatched => !_watchers.IsEmpty;

    /// <summary>Begins to watch; disposing the watcher ends it.</summary>
    /// <param name="devices">The devices to watch; null watches all.</param>
    /// <param name="scope">Only what is seen comes, asked each time: a device may change hands.</param>
    public Watcher<T> Watch(IReadOnlySet<string>? devices, AccessScope scope)
    {
        var watcher = new Watcher<T>(devices, scope, queueMax, w => ImmutableInterlocked.Update(ref _watchers, (all, removed) => all.Remove(removed), w));
        ImmutableInterlocked.Update(ref _watchers, (all, added) => all.Add(added), watcher);
        return watcher;
    }

    internal void Publish(T happened)
    {
        foreach (var watcher in _watchers)
        {
            if (SeenBy(watcher, happened) is { } seen)
                watcher.Offer(seen);
        }
    }

    /// <summary>Whether anybody watches a device.</summary>
    internal bool IsDeviceWatched(string deviceId)
    {
        foreach (var watcher in _watchers)
        {
            if (watcher.Wants(deviceId) && watcher.Scope.SeesDevice(deviceId))
                return true;
        }

        return false;
    }

    /// <summary>What a watcher gets of it: the whole, the part that the watcher may see, or null.</summary>
    protected abstract T? SeenBy(Watcher<T> watcher, T happened);
}
