namespace Garam.Expressions.Windows;

/// <summary>
/// Count, sum and squared deviation from the mean. The deviation is kept, not the sum of squares, so that a small spread on a
/// large value survives (Welford; merged after Chan, Golub and LeVeque). The sum is kept, not the mean, so that sums of
/// whole numbers are exact.
/// </summary>
internal record struct MomentsBucket : IBucket<MomentsBucket>
{
    public long Count;
    public double Sum;
    public double Deviation;

    /// <summary>41 places of 24 bytes.</summary>
    public static int PerWindow => 40;

    public static MomentsBucket Empty => default;

    public void Add(long timeUs, double value)
    {
        if (Count > 0)
        {
            var distance = value - (Sum / Count);
            Deviation += distance * distance * Count / (Count + 1);
        }

        Count++;
        Sum += value;
    }

    public void Merge(in MomentsBucket other)
    {
        if (other.Count == 0)
            return;
        if (Count > 0)
        {
            var distance = (other.Sum / other.Count) - (Sum / Count);
            Deviation += other.Deviation + (distance * distance * ((double)Count * other.Count / (Count + other.Count)));
        }
        else
        {
            Deviation = other.Deviation;
        }

        Count += other.Count;
        Sum += other.Sum;
    }

    /// <summary>In two passes: what one merge after the other makes wait for each other is independent here.</summary>
    public static MomentsBucket Total(ReadOnlySpan<MomentsBucket> some, ReadOnlySpan<MomentsBucket> others)
    {
        var total = default(MomentsBucket);
        AddUp(ref total, some);
        AddUp(ref total, others);
        var mean = total.Count == 0 ? 0 : total.Sum / total.Count;
        total.Deviation = DeviationFrom(mean, some) + DeviationFrom(mean, others);
        return total;

        static void AddUp(ref MomentsBucket total, ReadOnlySpan<MomentsBucket> buckets)
        {
            foreach (ref readonly var bucket in buckets)
            {
                total.Count += bucket.Count;
                total.Sum += bucket.Sum;
            }
        }

        static double DeviationFrom(double mean, ReadOnlySpan<MomentsBucket> buckets)
        {
            var deviation = 0.0;
            foreach (ref readonly var bucket in buckets)
            {
                if (bucket.Count == 0)
                    continue;
                var distance = (bucket.Sum / bucket.Count) - mean;
                deviation += bucket.Deviation + (distance * distance * bucket.Count);
            }

            return deviation;
        }
    }
}
