namespace Garam.Expressions.Windows;

/// <summary>Min and max of one window.</summary>
internal sealed class RangeTracker(long durationUs) : SummaryTracker<RangeBucket>(durationUs)
{
    public override double Read(WindowFunction function, double percent, long nowUs, SampleTail tail)
    {
        ref readonly var range = ref Summary(nowUs, tail);
        return function == WindowFunction.Min ? range.Min : range.Max;
    }

    protected override RangeBucket Of(ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        var (min, max) = SpanSums.Range(values);
        return new RangeBucket { Min = min, Max = max };
    }
}
