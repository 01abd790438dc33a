namespace Garam.Platform.Ingress;

/// <summary>
/// Messages a second of one device on one channel: a bucket that holds one second's worth and fills evenly. Thread-safe, because requests
/// of one device may share it.
/// </summary>
internal sealed class RateLimit(int perSecond, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private double _tokens = perSecond;
    private long _filled = time.GetTimestamp();

    /// <summary>Takes one message's token; false when the device is over its limit.</summary>
    public bool TryTake()
    {
        lock (_lock)
        {
            // Filled even while tokens are left: else a silence would count again for those who have just used them up.
            var now = time.GetTimestamp();
            _tokens = Math.Min(perSecond, _tokens + (time.GetElapsedTime(_filled, now).TotalSeconds * perSecond));
            _filled = now;
            if (_tokens < 1)
                return false;
            _tokens--;
            return true;
        }
    }

    /// <summary>Takes one message's token as soon as there is one: the sender is slowed down.</summary>
    public async Task TakeAsync(CancellationToken cancellation)
    {
        while (!TryTake())
            await Task.Delay(Pause, time, cancellation);
    }
}
