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
}
