namespace Garam.Expressions.Windows;

/// <summary>Count, sum, avg and stddev of one window; they are read together often, so the last answer is kept.</summary>
internal sealed class MomentsTracker(long durationUs) : BucketTracker<MomentsBucket>(durationUs)
{
    private MomentsBucket _answer;
    private long _answeredAtUs;
    private bool _isAnswered;

    public override int EstimatedBytes => base.EstimatedBytes + 40;

    public override void Arrived(long timeUs, double value, double? replaced, SampleTail tail) => _isAnswered = false;

    public override double Read(WindowFunction function, double percent, long nowUs, SampleTail tail)
    {
        if (!_isAnswered || _answeredAtUs != nowUs)
        {
            _answer = Answer(nowUs, tail);
            _answeredAtUs = nowUs;
            _isAnswered = true;
        }

        if (function == WindowFunction.Count)
            return _answer.Count;
        if (_answer.Count == 0)
            return double.NaN;
        return function switch
        {
            WindowFunction.Sum => _answer.Sum,
            WindowFunction.Avg => _answer.Sum / _answer.Count,
            _ => _answer.Count < 2 ? double.NaN : Math.Sqrt(_answer.Deviation / (_answer.Count - 1)),
        };
    }

    private MomentsBucket Answer(long nowUs, SampleTail tail)
    {
        var first = tail.FirstAfter(nowUs - DurationUs);
        var answer = Of(tail.Values[first..]);
        if (!tail.Covers(nowUs - DurationUs))
            answer.Merge(Merged(nowUs));
        return answer;
    }

    private static MomentsBucket Of(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
            return default;
        var sum = SpanSums.Sum(values);
        return new MomentsBucket { Count = values.Length, Sum = sum, Deviation = SpanSums.Deviation(values, sum / values.Length) };
    }
}
