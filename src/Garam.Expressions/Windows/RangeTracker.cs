namespace Garam.Expressions.Windows;

/// <summary>Min and max of one window.</summary>
internal sealed class RangeTracker(long durationUs) : BucketTracker<RangeBucket>(durationUs)
{
    public override double Read(WindowFunction function, double percent, long nowUs, SampleTail tail)
    {
        var first = tail.FirstAfter(nowUs - DurationUs);
        var range = tail.Covers(nowUs - DurationUs) ? RangeBucket.Empty : Merged(nowUs);
        foreach (var value in tail.Values[first..])
            range.Add(0, value);
        return function == WindowFunction.Min ? range.Min : range.Max;
    }
}
