namespace Garam.Expressions.Windows;

/// <summary>Slope of one window, per second.</summary>
internal sealed class TrendTracker(long durationUs) : SummaryTracker<TrendBucket>(durationUs)
{
    public override double Read(WindowFunction function, double percent, long nowUs, SampleTail tail)
    {
        ref readonly var trend = ref Summary(nowUs, tail);
        return trend.TimeDeviation > 0 ? trend.Covariation / trend.TimeDeviation * 1e6 : double.NaN;
    }

    protected override TrendBucket Of(ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        if (times.IsEmpty)
            return default;
        // One pass around a sample in the middle: the sums stay small beside what is taken from them.
        var (time0, value0) = (times[times.Length / 2], values[values.Length / 2]);
        double timeSum = 0, valueSum = 0, squares = 0, products = 0;
        for (var i = 0; i < times.Length; i++)
        {
            double time = times[i] - time0;
            var value = values[i] - value0;
            timeSum += time;
            valueSum += value;
            squares += time * time;
            products += time * value;
        }

        double count = times.Length;
        return new TrendBucket
        {
            Count = times.Length,
            MeanTime = time0 + (timeSum / count),
            MeanValue = value0 + (valueSum / count),
            TimeDeviation = Math.Max(0, squares - (timeSum * timeSum / count)),
            Covariation = products - (timeSum * valueSum / count),
        };
    }
}
