namespace Garam.Platform.Notifications;

/// <summary>
/// Leaves a channel alone that does not work: after <see cref="FailuresToOpen"/> failures in a row nothing is tried for a while, then one message,
/// and so on with growing breaks until one goes through. Belongs to the channel's loop; what it shows may be read by anybody.
/// </summary>
internal sealed class ChannelCircuit(Random random)
{
    private const int FailuresToOpen = 3;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);

    /// <summary>Also how long a channel that works again may wait to be noticed.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>A Retry-After beyond it is not believed.</summary>
    private static readonly TimeSpan PauseMax = TimeSpan.FromHours(1);

    private int _failures;
    private long _untilUs;

    /// <summary>Failures in a row.</summary>
    public int Failures => Volatile.Read(ref _failures);

    /// <summary>Nothing is tried before, Unix microseconds; in the past when it is closed.</summary>
    public long UntilUs => Volatile.Read(ref _untilUs);

    /// <summary>Why the last try failed; null while all is well.</summary>
    public string? LastError { get; private set; }

    public TimeSpan WaitAt(long nowUs) => UntilUs > nowUs ? TimeSpan.FromMicroseconds(UntilUs - nowUs) : TimeSpan.Zero;

    /// <summary>True when the channel had not been working.</summary>
    public bool Succeeded()
    {
        var wasFailing = _failures > 0;
        Volatile.Write(ref _failures, 0);
        Volatile.Write(ref _untilUs, 0);
        LastError = null;
        return wasFailing;
    }

    /// <summary>True when this failure opened it.</summary>
    public bool Failed(string error, TimeSpan? retryAfter, long nowUs)
    {
        LastError = error;
        Volatile.Write(ref _failures, _failures + 1);
        var pause = TimeSpan.Zero;
        if (_failures >= FailuresToOpen)
            pause = Backoff.Of(_failures - FailuresToOpen, First, Longest, random);
        if (retryAfter is { } asked)
            pause = asked < PauseMax ? asked : PauseMax;
        if (pause > TimeSpan.Zero)
            Volatile.Write(ref _untilUs, nowUs + (pause.Ticks / 10));
        return _failures == FailuresToOpen;
    }

    /// <summary>A person wants a try now.</summary>
    public void Release() => Volatile.Write(ref _untilUs, 0);
}
