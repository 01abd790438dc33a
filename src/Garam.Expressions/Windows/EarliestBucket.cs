namespace Garam.Expressions.Windows;

/// <summary>The earliest sample.</summary>
internal record struct EarliestBucket : IBucket<EarliestBucket>
{
    public long TimeUs;
    public double Value;

    /// <summary>61 places of 16 bytes.</summary>
    public static int PerWindow => 60;

    public static EarliestBucket Empty => new() { TimeUs = long.MaxValue };

    public readonly bool IsEmpty => TimeUs == long.MaxValue;

    public void Add(long timeUs, double value)
    {
        if (timeUs <= TimeUs)
            (TimeUs, Value) = (timeUs, value);
    }

    public void Merge(in EarliestBucket other)
    {
        if (other.TimeUs < TimeUs)
            this = other;
    }
}
