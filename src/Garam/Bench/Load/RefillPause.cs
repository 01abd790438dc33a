using System.Diagnostics;

namespace Garam.Bench.Load;

/// <summary>
/// How long a closed loop sleeps before it looks for acknowledgements again. A broker that acknowledges one by one would
/// otherwise wake the generator for each message, and the generator would take from the server the processor it measures:
/// so it sleeps for the time in which the server, at the rate just seen, uses up a quarter of what is in flight. Three
/// quarters are still queued there, so the server never waits for the generator; should it have become faster, the next
/// pause is shorter.
/// </summary>
internal sealed class RefillPause(int capacity)
{
    private static readonly TimeSpan Max = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Min = TimeSpan.FromMicroseconds(200);

    private long _lastCount;
    private long _lastAt = Stopwatch.GetTimestamp();

    /// <summary>Sleeps, if at all.</summary>
    /// <param name="acknowledged">All acknowledgements so far.</param>
    /// <param name="now">Monotonic time.</param>
    public void Take(long acknowledged, long now)
    {
        var count = acknowledged - _lastCount;
        var elapsed = Stopwatch.GetElapsedTime(_lastAt, now);
        _lastCount = acknowledged;
        _lastAt = now;
        if (count == 0)
            return;
        var pause = elapsed * (0.25 * capacity / count);
        if (pause > Max)
            pause = Max;
        if (pause >= Min)
            Thread.Sleep(pause);
    }
}
