namespace Garam.Platform.Ingress;

/// <summary>
/// Messages a second of one device on one channel: a bucket that holds one second's worth and fills evenly. Used by one connection.
/// </summary>
internal sealed class RateLimit(int perSecond, TimeProvider time)
{
    private double _tokens = perSecond;
    private long _filled = time.GetTimestamp();

    /// <summary>Takes one message's token; false when the device is over its limit.</summary>
    public bool TryTake()
    {
        if (_tokens >= 1)
        {
            _tokens--;
            return true;
        }

        var now = time.GetTimestamp();
        _tokens = Math.Min(perSecond, _tokens + (time.GetElapsedTime(_filled, now).TotalSeconds * perSecond));
        _filled = now;
        if (_tokens < 1)
            return false;
        _tokens--;
        return true;
    }
}
