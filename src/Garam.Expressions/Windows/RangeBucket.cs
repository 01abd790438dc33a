namespace Garam.Expressions.Windows;

/// <summary>The smallest and the largest value; NaN when there is none.</summary>
internal record struct RangeBucket : IBucket<RangeBucket>
{
    public double Min;
    public double Max;

    /// <summary>61 places of 16 bytes.</summary>
    public static int PerWindow => 60;

    public static RangeBucket Empty => new() { Min = double.NaN, Max = double.NaN };

    public void Add(long timeUs, double value)
    {
        // Comparisons with NaN are false: the first value replaces it.
        if (!(Min <= value))
            Min = value;
        if (!(Max >= value))
            Max = value;
    }

    public void Merge(in RangeBucket other)
    {
        if (double.IsNaN(other.Min))
            return;
        Add(0, other.Min);
        Add(0, other.Max);
    }
}
