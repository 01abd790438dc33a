namespace Garam.Expressions.Windows;

/// <summary>Last and previous: the tail alone answers.</summary>
internal sealed class NewestTracker(long durationUs) : Tracker(durationUs)
{
    public override int EstimatedBytes => 24;

    public override void PushedOut(long timeUs, double value)
    {
    }

    public override double Read(WindowFunction function, double percent, long nowUs, SampleTail tail)
    {
        var index = tail.Count - (function == WindowFunction.Last ? 1 : 2);
        return index >= tail.FirstAfter(nowUs - DurationUs) && index >= 0 ? tail.Values[index] : double.NaN;
    }
}
