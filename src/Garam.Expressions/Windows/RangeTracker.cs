namespace Garam.Expressions.Windows;

/// <summary>Min and max of one window.</summary>
internal sealed class RangeTracker(long durationUs) : BucketTracker<RangeBucket>(durationUs)
{
    public override double Read(WindowFunction function, double percent, long nowUs, SampleTail tail)
    {
        var first = tail.FirstAfter(nowUs - DurationUs);
        var range = tail.Covers(nowUs - DurationUs) ? RangeBucket.Empty : Merged(nowUs);
        var (min, max) = SpanSums.Range(tail.Values[first..]);
        range.Merge(new RangeBucket { Min = min, Max = max });
        return function == WindowFunction.Min ? range.Min : range.Max;
    }
}
