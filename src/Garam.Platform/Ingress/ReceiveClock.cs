namespace Garam.Platform.Ingress;

/// <summary>
/// Receive times that are strictly increasing per device, so that two readings without a clock of their own never share a time.
/// </summary>
/// <remarks>
/// Times are whole milliseconds, which compress best; only when two messages of one device fall into the same millisecond the second
/// is put a microsecond later. Devices share stripes by their hash, which costs at most such a microsecond too. The time is kept in
/// the log, so a replay sees what the first run saw.
/// </remarks>
internal sealed class ReceiveClock(TimeProvider time)
{
    /// <summary>At 5,000 messages a second one in eight hundred meets another device in its stripe.</summary>
    private const int Stripes = 4096;

    /// <summary>A clock set back by more than this is followed; less is bridged by microseconds.</summary>
    private const long SetBackUs = 1_000_000;

    private readonly long[] _last = new long[Stripes];

    /// <summary>The time now, Unix microseconds, later than any other given for this hash.</summary>
    public long Next(uint deviceHash)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
        ref var slot = ref _last[deviceHash % Stripes];
        while (true)
        {
            var last = Volatile.Read(ref slot);
            var next = last < now || last - now > SetBackUs ? now : last + 1;
            if (Interlocked.CompareExchange(ref slot, next, last) == last)
                return next;
        }
    }
}
