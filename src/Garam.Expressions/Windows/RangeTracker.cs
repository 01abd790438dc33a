namespace Garam.Expressions.Windows;

/// <summary>Min and max of one window; they are read together often, so the last answer is kept.</summary>
internal sealed class RangeTracker(long durationUs) : BucketTracker<RangeBucket>(durationUs)
{
    private RangeBucket _answer;
    private long _answeredAtUs;
    private bool _isAnswered;

    public override int EstimatedBytes => base.EstimatedBytes + 32;

    public override void Arrived(long timeUs, double value, double? replaced, SampleTail tail) => _isAnswered = false;

    public override double Read(WindowFunction function, double percent, long nowUs, SampleTail tail)
    {
        if (!_isAnswered || _answeredAtUs != nowUs)
        {
            _answer = Answer(nowUs, tail);
            _answeredAtUs = nowUs;
            _isAnswered = true;
        }

        return function == WindowFunction.Min ? _answer.Min : _answer.Max;
    }

    private RangeBucket Answer(long nowUs, SampleTail tail)
    {
        var first = tail.FirstAfter(nowUs - DurationUs);
        var range = tail.Covers(nowUs - DurationUs) ? RangeBucket.Empty : Merged(nowUs);
        var (min, max) = SpanSums.Range(tail.Values[first..]);
        range.Merge(new RangeBucket { Min = min, Max = max });
        return range;
    }
}
