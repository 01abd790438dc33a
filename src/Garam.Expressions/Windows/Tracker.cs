namespace Garam.Expressions.Windows;

/// <summary>
/// What is remembered of one source over one duration, beyond the newest samples of its tail. Bounded in size, whatever the
/// rate of samples is.
/// </summary>
internal abstract class Tracker(long durationUs)
{
    public long DurationUs { get; } = durationUs;

    public abstract int EstimatedBytes { get; }

    /// <summary>A sample left the tail.</summary>
    public abstract void PushedOut(long timeUs, double value);

    /// <summary>A sample came, or its value was replaced; it may still be in the tail.</summary>
    public virtual void Arrived(long timeUs, double value, double? replaced, SampleTail tail)
    {
    }

    /// <summary>Answers for the window that ends at a time, itself included; NaN when there is no answer.</summary>
    public abstract double Read(WindowFunction function, double percent, long nowUs, SampleTail tail);
}
