namespace Garam.Expressions.Windows;

/// <summary>Count, sum, avg and stddev of one window.</summary>
internal sealed class MomentsTracker(long durationUs) : SummaryTracker<MomentsBucket>(durationUs)
{
    public override double Read(WindowFunction function, double percent, long nowUs, SampleTail tail)
    {
        ref readonly var moments = ref Summary(nowUs, tail);
        if (function == WindowFunction.Count)
            return moments.Count;
        if (moments.Count == 0)
            return double.NaN;
        return function switch
        {
            WindowFunction.Sum => moments.Sum,
            WindowFunction.Avg => moments.Sum / moments.Count,
            _ => moments.Count < 2 ? double.NaN : Math.Sqrt(moments.Deviation / (moments.Count - 1)),
        };
    }

    protected override MomentsBucket Of(ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
            return default;
        var sum = SpanSums.Sum(values);
        return new MomentsBucket { Count = values.Length, Sum = sum, Deviation = SpanSums.Deviation(values, sum / values.Length) };
    }
}
