namespace Garam.Platform.Notifications;

/// <summary>So many messages a minute, a minute's worth at once. Belongs to one loop.</summary>
/// <param name="perMinute">0: no limit.</param>
internal sealed class MessageRate(int perMinute)
{
    private double _left = perMinute;
    private long _atUs;

    /// <summary>How long until one may go.</summary>
    public TimeSpan WaitAt(long nowUs)
    {
        if (perMinute == 0)
            return TimeSpan.Zero;
        if (_atUs != 0)
            _left = Math.Min(perMinute, _left + (Math.Max(0, nowUs - _atUs) * (perMinute / 60e6)));
        _atUs = nowUs;

        // A microsecond more than computed, so that rounding never makes a second wait of none.
        return _left >= 1 ? TimeSpan.Zero : TimeSpan.FromMicroseconds(1 + Math.Ceiling((1 - _left) * (60e6 / perMinute)));
    }

    public void Take() => _left--;
}
