namespace Garam.Expressions.Windows;

/// <summary>
/// Median and percentiles of one window. Exact while all samples of the window are in the tail; otherwise from a histogram in
/// ten groups of time. The error then: the value lies within one bin, which is between 1/38 and 1/19 of the spread of the
/// samples without their outliers; 2 % in rank for what is outside of the bins; and a twentieth of the duration at the old end.
/// </summary>
internal sealed class QuantileTracker(long durationUs) : Tracker(durationUs)
{
    private readonly long _widthUs = (durationUs + GroupedHistogram.Groups - 2) / (GroupedHistogram.Groups - 1);
    private GroupedHistogram? _histogram;
    private long _newest;
    private double _answer;
    private double _answeredPercent = double.NaN;
    private long _answeredAtUs;

    public override int EstimatedBytes => 72 + (_histogram is null ? 0 : GroupedHistogram.EstimatedBytes);

    public override void PushedOut(long timeUs, double value)
    {
    }

    public override void Arrived(long timeUs, double value, double? replaced, SampleTail tail)
    {
        _answeredPercent = double.NaN;
        // Until the tail overflows it answers alone; then its samples tell where the bins belong.
        if (_histogram is null)
        {
            if (tail.NewestPushedOutUs != long.MinValue)
                Start(tail);
            return;
        }

        var group = GroupOf(timeUs);
        if (group > _newest)
            Advance(group);
        if (group <= _newest - GroupedHistogram.Groups)
            return;
        if (replaced is { } earlier)
            _histogram.Remove(PlaceOf(group), earlier);
        _histogram.Add(PlaceOf(group), value);
    }

    public override double Read(WindowFunction function, double percent, long nowUs, SampleTail tail)
    {
        var wanted = function == WindowFunction.Median ? 50 : percent;
        if (wanted != _answeredPercent || nowUs != _answeredAtUs)
        {
            _answer = Answer(wanted / 100, nowUs, tail);
            _answeredPercent = wanted;
            _answeredAtUs = nowUs;
        }

        return _answer;
    }

    private double Answer(double part, long nowUs, SampleTail tail)
    {
        var first = tail.FirstAfter(nowUs - DurationUs);
        if (_histogram is null || tail.Covers(nowUs - DurationUs))
            return Exact(tail.Values[first..], part);
        Span<uint> counts = stackalloc uint[GroupedHistogram.Bins];
        counts.Clear();
        var total = Collect(nowUs, counts, out var lowest, out var highest);
        return total == 0 ? Exact(tail.Values[first..], part) : Estimate(counts, total, part, lowest, highest);
    }

    private static double Exact(ReadOnlySpan<double> values, double part)
    {
        if (values.IsEmpty)
            return double.NaN;
        Span<double> sorted = stackalloc double[SampleTail.Capacity];
        sorted = sorted[..values.Length];
        values.CopyTo(sorted);
        sorted.Sort();
        var rank = part * (sorted.Length - 1);
        var index = (int)rank;
        return index + 1 < sorted.Length
            ? sorted[index] + ((sorted[index + 1] - sorted[index]) * (rank - index))
            : sorted[index];
    }

    private double Estimate(ReadOnlySpan<uint> counts, long total, double part, double lowest, double highest)
    {
        var rank = part * (total - 1);
        double before = 0;
        for (var bin = 0; bin < counts.Length; bin++)
        {
            if (before + counts[bin] > rank)
                return _histogram!.ValueIn(bin, Math.Min(1, (rank - before + 0.5) / counts[bin]), lowest, highest);
            before += counts[bin];
        }

        return highest;
    }

    private long Collect(long nowUs, Span<uint> counts, out double lowest, out double highest)
    {
        (lowest, highest) = (double.PositiveInfinity, double.NegativeInfinity);
        long total = 0;
        var oldest = Math.Max(GroupOf(nowUs - DurationUs + (_widthUs / 2)), _newest - GroupedHistogram.Groups + 1);
        for (var group = oldest; group <= _newest; group++)
        {
            var place = PlaceOf(group);
            _histogram!.AddCountsTo(counts, place);
            lowest = Math.Min(lowest, _histogram.Lowest(place));
            highest = Math.Max(highest, _histogram.Highest(place));
        }

        foreach (var count in counts)
            total += count;
        return total;
    }

    /// <summary>The one sample that has already left is not counted: one of 33.</summary>
    private void Start(SampleTail tail)
    {
        Span<double> sorted = stackalloc double[SampleTail.Capacity];
        tail.Values.CopyTo(sorted);
        sorted.Sort();
        _histogram = new GroupedHistogram(sorted);
        _newest = GroupOf(tail.Times[0]);
        for (var i = 0; i < tail.Count; i++)
        {
            var group = GroupOf(tail.Times[i]);
            if (group > _newest)
                Advance(group);
            _histogram.Add(PlaceOf(group), tail.Values[i]);
        }
    }

    private void Advance(long group)
    {
        var cleared = Math.Min(group - _newest, GroupedHistogram.Groups);
        for (var i = 0; i < cleared; i++)
            _histogram!.Clear(PlaceOf(_newest + 1 + i));
        _newest = group;
        _histogram!.Settle();
    }

    private long GroupOf(long timeUs)
    {
        var quotient = timeUs / _widthUs;
        return timeUs % _widthUs < 0 ? quotient - 1 : quotient;
    }

    private static int PlaceOf(long group)
    {
        var place = (int)(group % GroupedHistogram.Groups);
        return place < 0 ? place + GroupedHistogram.Groups : place;
    }
}
