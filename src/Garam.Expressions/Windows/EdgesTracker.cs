namespace Garam.Expressions.Windows;

/// <summary>
/// First, delta, rate and lag, from the earliest sample of each bucket. The sample that answers is off from the one asked for by
/// at most one sixtieth of the duration, for lag by two. First never answers with a sample from before the window, lag never with one
/// that is younger than its duration or older than twice that.
/// </summary>
internal sealed class EdgesTracker(long durationUs) : BucketTracker<EarliestBucket>(durationUs)
{
    public override double Read(WindowFunction function, double percent, long nowUs, SampleTail tail)
    {
        if (function == WindowFunction.Lag)
            return Lag(nowUs - DurationUs, tail);
        var after = tail.FirstAfter(nowUs - DurationUs);
        if (after == tail.Count)
            return double.NaN;
        var first = tail.Covers(nowUs - DurationUs) || !TryFirst(nowUs, out var earliest)
            ? new EarliestBucket { TimeUs = tail.Times[after], Value = tail.Values[after] }
            : earliest;
        var change = tail.Values[^1] - first.Value;
        return function switch
        {
            WindowFunction.First => first.Value,
            WindowFunction.Delta => change,
            _ => tail.Times[^1] == first.TimeUs ? double.NaN : change / ((tail.Times[^1] - first.TimeUs) / 1e6),
        };
    }

    private bool TryFirst(long nowUs, out EarliestBucket first)
    {
        for (var bucket = BucketOf(nowUs - DurationUs); HasBuckets && bucket <= Newest; bucket++)
        {
            if (TryBucket(bucket, out first) && !first.IsEmpty && first.TimeUs > nowUs - DurationUs)
                return true;
        }

        first = EarliestBucket.Empty;
        return false;
    }

    private double Lag(long thenUs, SampleTail tail)
    {
        var after = tail.FirstAfter(thenUs);
        if (after > 0)
            return tail.Times[after - 1] > thenUs - DurationUs ? tail.Values[after - 1] : double.NaN;
        for (var bucket = Math.Min(BucketOf(thenUs), Newest); TryBucket(bucket, out var sample); bucket--)
        {
            if (!sample.IsEmpty && sample.TimeUs <= thenUs)
                return sample.TimeUs > thenUs - DurationUs ? sample.Value : double.NaN;
        }

        return !Dropped.IsEmpty && Dropped.TimeUs <= thenUs && Dropped.TimeUs > thenUs - DurationUs ? Dropped.Value : double.NaN;
    }
}
