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
}
