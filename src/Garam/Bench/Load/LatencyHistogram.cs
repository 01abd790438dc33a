using System.Numerics;

namespace Garam.Bench.Load;

/// <summary>
/// Counts durations in logarithmic buckets, 128 to each power of two: a quantile is at most 0.8 % above the true value,
/// whatever the range, in 57 KB that never grow. Not thread-safe.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 7;
    private const int SubCount = 1 << SubBits;

    private readonly long[] _counts = new long[(64 - SubBits) * SubCount];

    public long Count { get; private set; }

    /// <summary>The largest recorded duration, exact.</summary>
    public TimeSpan Max => TimeSpan.FromTicks((_max + 99) / 100);

    private long _max;

    /// <summary>Records one duration; a negative one, which only a clock error can make, counts as zero.</summary>
    public void Record(long nanoseconds)
    {
        var value = Math.Max(0, nanoseconds);
        _counts[BucketOf(value)]++;
        Count++;
        if (value > _max)
            _max = value;
    }

    /// <summary>The duration that <paramref name="quantile"/> (0 to 1) of all recorded ones do not exceed; zero without any.</summary>
    public TimeSpan Quantile(double quantile)
    {
        if (Count == 0)
            return TimeSpan.Zero;
        var wanted = Math.Clamp((long)Math.Ceiling(quantile * Count), 1, Count);
        var seen = 0L;
        for (var bucket = 0; bucket < _counts.Length; bucket++)
        {
            seen += _counts[bucket];
            if (seen >= wanted)
                return TimeSpan.FromTicks((Math.Min(UpperBoundOf(bucket), _max) + 99) / 100);
        }

        return Max;
    }

    private static int BucketOf(long value)
    {
        if (value < SubCount)
            return (int)value;
        var shift = BitOperations.Log2((ulong)value) - SubBits;
        return (shift + 1) * SubCount + (int)(value >> shift) - SubCount;
    }

    private static long UpperBoundOf(int bucket)
    {
        if (bucket < SubCount)
            return bucket;
        var shift = bucket / SubCount - 1;
        return ((long)(bucket % SubCount + SubCount + 1) << shift) - 1;
    }
}
