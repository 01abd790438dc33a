using System.Runtime.CompilerServices;

namespace Garam.Expressions.Windows;

/// <summary>A window whose answers are all read from one summary of it. The last one is kept: several rules may read the window on one reading.</summary>
internal abstract class SummaryTracker<TBucket>(long durationUs) : BucketTracker<TBucket>(durationUs)
    where TBucket : struct, IBucket<TBucket>
{
    private TBucket _summary;
    private long _summaryAtUs;
    private bool _isKnown;

    public override int EstimatedBytes => base.EstimatedBytes + Unsafe.SizeOf<TBucket>() + 16;

    public sealed override void Arrived(long timeUs, double value, double? replaced, SampleTail tail) => _isKnown = false;

    /// <summary>All samples of the window that ends at a time, itself included.</summary>
    protected ref readonly TBucket Summary(long nowUs, SampleTail tail)
    {
        if (!_isKnown || _summaryAtUs != nowUs)
        {
            var first = tail.FirstAfter(nowUs - DurationUs);
            _summary = Of(tail.Times[first..], tail.Values[first..]);
            if (!tail.Covers(nowUs - DurationUs))
                _summary.Merge(Merged(nowUs));
            (_summaryAtUs, _isKnown) = (nowUs, true);
        }

        return ref _summary;
    }

    /// <summary>The summary of some samples, oldest first; there may be none.</summary>
    protected abstract TBucket Of(ReadOnlySpan<long> times, ReadOnlySpan<double> values);
}
