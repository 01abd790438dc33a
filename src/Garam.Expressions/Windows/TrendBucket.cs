namespace Garam.Expressions.Windows;

/// <summary>What a least-squares line needs: means, and deviations from them. Times in microseconds.</summary>
internal record struct TrendBucket : IBucket<TrendBucket>
{
    public long Count;
    public double MeanTime;
    public double MeanValue;
    public double TimeDeviation;
    public double Covariation;

    /// <summary>25 places of 40 bytes.</summary>
    public static int PerWindow => 24;

    public static TrendBucket Empty => default;

    public void Add(long timeUs, double value)
    {
        Count++;
        var time = timeUs - MeanTime;
        MeanTime += time / Count;
        MeanValue += (value - MeanValue) / Count;
        TimeDeviation += time * (timeUs - MeanTime);
        Covariation += time * (value - MeanValue);
    }

    public void Merge(in TrendBucket other)
    {
        if (other.Count == 0)
            return;
        if (Count == 0)
        {
            this = other;
            return;
        }

        var total = Count + other.Count;
        var time = other.MeanTime - MeanTime;
        var value = other.MeanValue - MeanValue;
        var weight = (double)Count * other.Count / total;
        TimeDeviation += other.TimeDeviation + (time * time * weight);
        Covariation += other.Covariation + (time * value * weight);
        MeanTime += time * other.Count / total;
        MeanValue += value * other.Count / total;
        Count = total;
    }

    /// <summary>In two passes: what one merge after the other makes wait for each other is independent here.</summary>
    public static TrendBucket Total(ReadOnlySpan<TrendBucket> some, ReadOnlySpan<TrendBucket> others)
    {
        var total = default(TrendBucket);
        AddUp(ref total, some);
        AddUp(ref total, others);
        if (total.Count == 0)
            return total;
        total.MeanTime /= total.Count;
        total.MeanValue /= total.Count;
        Deviate(ref total, some);
        Deviate(ref total, others);
        return total;

        static void AddUp(ref TrendBucket total, ReadOnlySpan<TrendBucket> buckets)
        {
            foreach (ref readonly var bucket in buckets)
            {
                total.Count += bucket.Count;
                total.MeanTime += bucket.MeanTime * bucket.Count;
                total.MeanValue += bucket.MeanValue * bucket.Count;
            }
        }

        static void Deviate(ref TrendBucket total, ReadOnlySpan<TrendBucket> buckets)
        {
            foreach (ref readonly var bucket in buckets)
            {
                var time = (bucket.MeanTime - total.MeanTime) * (bucket.Count == 0 ? 0 : 1);
                total.TimeDeviation += bucket.TimeDeviation + (time * time * bucket.Count);
                total.Covariation += bucket.Covariation + (time * (bucket.MeanValue - total.MeanValue) * bucket.Count);
            }
        }
    }
}
