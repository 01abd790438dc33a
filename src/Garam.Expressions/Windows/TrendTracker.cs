namespace Garam.Expressions.Windows;

/// <summary>Slope of one window, per second.</summary>
internal sealed class TrendTracker(long durationUs) : BucketTracker<TrendBucket>(durationUs)
{
    public override double Read(WindowFunction function, double percent, long nowUs, SampleTail tail)
    {
        var first = tail.FirstAfter(nowUs - DurationUs);
        var trend = Of(tail.Times[first..], tail.Values[first..]);
        if (!tail.Covers(nowUs - DurationUs))
            trend.Merge(Merged(nowUs));
        return trend.TimeDeviation > 0 ? trend.Covariation / trend.TimeDeviation * 1e6 : double.NaN;
    }

    private static TrendBucket Of(ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        if (times.IsEmpty)
            return default;
        double timeSum = 0, valueSum = 0;
        for (var i = 0; i < times.Length; i++)
        {
            timeSum += times[i] - times[0];
            valueSum += values[i];
        }

        var trend = new TrendBucket { Count = times.Length, MeanValue = valueSum / times.Length };
        var meanOffset = timeSum / times.Length;
        trend.MeanTime = times[0] + meanOffset;
        for (var i = 0; i < times.Length; i++)
        {
            var time = times[i] - times[0] - meanOffset;
            trend.TimeDeviation += time * time;
            trend.Covariation += time * (values[i] - trend.MeanValue);
        }

        return trend;
    }
}
