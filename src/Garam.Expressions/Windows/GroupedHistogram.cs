using System.Runtime.Intrinsics;

namespace Garam.Expressions.Windows;

/// <summary>
/// Counts of values in bins of one width, kept apart for each group of time, so that a group can expire.
/// <list type="bullet">
/// <item>What lies below or above the range is counted in two outer bins, with the smallest and largest value of each group.
/// They take up to 2 % of the samples (or three): a few outliers must not cost all others their resolution.</item>
/// <item>When they would take more, the range moves towards the value; where that is not enough, bins are joined in pairs, once a
/// sample: one that is far out costs at most half of the resolution, and a new level is reached after a few samples.</item>
/// <item>When 99 % of the samples use less than half of the range, bins are split at the next change of group; the rest becomes
/// outer.</item>
/// <item>A count that would pass 65,535 halves all counts: their proportions are what matters.</item>
/// </list>
/// </summary>
internal sealed class GroupedHistogram
{
    /// <summary>A multiple of eight, for <see cref="AddCountsTo"/>.</summary>
    public const int Bins = BinScale.MainBins + 2;

    /// <summary>One more than make a window.</summary>
    public const int Groups = 11;

    private const int OuterMin = 3;
    private const int OuterPart = 50;

    private readonly ushort[] _counts = new ushort[Groups * Bins];
    private readonly double[] _lowest = new double[Groups];
    private readonly double[] _highest = new double[Groups];
    private BinScale _scale;
    private long _total;
    private long _outer;

    /// <summary>The bins lie where the first samples are: the first of them may be an outlier and must not pull the bins to itself.</summary>
    private bool _isPlaced = true;

    /// <summary>
    /// Places the bins so that a first few samples, but for as many at each end as may be outer, take the middle half of them: two
    /// outliers among the first samples would else leave all others in one bin until they have left the window.
    /// </summary>
    public GroupedHistogram(ReadOnlySpan<double> sorted)
    {
        Array.Fill(_lowest, double.PositiveInfinity);
        Array.Fill(_highest, double.NegativeInfinity);
        _scale = BinScale.For(sorted[OuterMin], sorted[^(OuterMin + 1)]);
    }

    /// <summary>Three arrays with their headers, and this object.</summary>
    public static int EstimatedBytes => (Groups * Bins * 2) + (Groups * 16) + 72 + 72;

    public ReadOnlySpan<ushort> CountsOf(int group) => _counts.AsSpan(group * Bins, Bins);

    /// <summary>Adds the counts of a group to sums, eight bins at a time: this is most of what reading a percentile costs.</summary>
    public void AddCountsTo(Span<uint> sums, int group)
    {
        var counts = CountsOf(group);
        for (var bin = 0; bin < Bins; bin += Vector128<ushort>.Count)
        {
            var eight = Vector128.Create(counts[bin..]);
            var low = sums[bin..];
            var high = sums[(bin + Vector128<uint>.Count)..];
            (Vector128.Create<uint>(low) + Vector128.WidenLower(eight)).CopyTo(low);
            (Vector128.Create<uint>(high) + Vector128.WidenUpper(eight)).CopyTo(high);
        }
    }

    public double Lowest(int group) => _lowest[group];

    public double Highest(int group) => _highest[group];

    public void Add(int group, double value)
    {
        _lowest[group] = Math.Min(_lowest[group], value);
        _highest[group] = Math.Max(_highest[group], value);
        if (_total == 0 && !_isPlaced && BinScale.IsOuter(_scale.BinOf(value)))
            _scale = _scale.CentredOn(value);
        _isPlaced = false;
        var bin = _scale.BinOf(value);
        if (BinScale.IsOuter(bin) && _outer + 1 > Math.Max(OuterMin, _total / OuterPart))
        {
            MakeRoom(value);
            bin = _scale.BinOf(value);
        }

        if (BinScale.IsOuter(bin))
            _outer++;
        ref var count = ref _counts[(group * Bins) + bin];
        if (count == ushort.MaxValue)
            Halve();
        count++;
        _total++;
    }

    /// <summary>Takes back a value that was replaced. The bins may have moved since: nothing is taken from an empty one.</summary>
    public void Remove(int group, double value)
    {
        ref var count = ref _counts[(group * Bins) + _scale.BinOf(value)];
        if (count == 0)
            return;
        count--;
        Recount();
    }

    public void Clear(int group)
    {
        Array.Clear(_counts, group * Bins, Bins);
        _lowest[group] = double.PositiveInfinity;
        _highest[group] = double.NegativeInfinity;
    }

    /// <summary>To be called after groups were cleared: sums up again and splits the bins when few are in use.</summary>
    public void Settle()
    {
        Recount();
        while (TryInUse(Math.Max(0, (_total / 100) - _outer), out var from, out var to) && (to - from + 1) * 2 <= BinScale.MainBins
            && _scale.CanSplit)
        {
            var middle = _scale.First + from + ((to - from) / 2);
            Remap(new BinScale(_scale.Width / 2, (2 * middle) - (BinScale.MainBins / 2)));
            Recount();
        }
    }

    /// <summary>The value at a position from 0 to 1 inside a bin, never beyond the extremes given.</summary>
    public double ValueIn(int bin, double position, double lowest, double highest) => _scale.ValueIn(bin, position, lowest, highest);

    private void MakeRoom(double value)
    {
        if (!TryInUse(0, out var from, out var to))
        {
            _scale = _scale.CentredOn(value);
            return;
        }

        var scale = _scale;
        var (low, high, key) = (scale.First + from, scale.First + to, scale.KeyOf(value));
        if (Math.Max(high, key) - Math.Min(low, key) >= BinScale.MainBins)
        {
            scale = scale with { Width = scale.Width * 2 };
            (low, high, key) = (Math.Floor(low / 2), Math.Floor(high / 2), scale.KeyOf(value));
        }

        var (bottom, top) = (Math.Min(low, key), Math.Max(high, key));
        if (top - bottom < BinScale.MainBins)
            Remap(scale with { First = Math.Floor((bottom + top + 1) / 2) - (BinScale.MainBins / 2) });
        else
            Remap(scale with { First = key > high ? low : high - BinScale.MainBins + 1 });
    }

    /// <summary>The first and last main bin that hold anything, leaving out up to so many samples at the ends.</summary>
    private bool TryInUse(long leftOut, out int from, out int to)
    {
        Span<long> totals = stackalloc long[BinScale.MainBins];
        totals.Clear();
        for (var group = 0; group < Groups; group++)
        {
            var counts = CountsOf(group);
            for (var bin = 0; bin < BinScale.MainBins; bin++)
                totals[bin] += counts[bin + 1];
        }

        (from, to) = (0, BinScale.MainBins - 1);
        while (from <= to)
        {
            var isFirst = totals[from] <= totals[to];
            var least = isFirst ? totals[from] : totals[to];
            if (least > leftOut)
                return true;
            leftOut -= least;
            (from, to) = isFirst ? (from + 1, to) : (from, to - 1);
        }

        return false;
    }

    /// <summary>Moves all counts to another scale: the same, a doubled or a halved width.</summary>
    private void Remap(BinScale scale)
    {
        Span<ushort> moved = stackalloc ushort[Bins];
        for (var group = 0; group < Groups; group++)
        {
            var counts = _counts.AsSpan(group * Bins, Bins);
            moved.Clear();
            moved[BinScale.Below] = counts[BinScale.Below];
            moved[BinScale.Above] = counts[BinScale.Above];
            for (var bin = 1; bin <= BinScale.MainBins; bin++)
            {
                if (counts[bin] > 0)
                    Move(counts[bin], _scale.First + bin - 1, scale, moved);
            }

            moved.CopyTo(counts);
        }

        _scale = scale;
    }

    private void Move(ushort count, double key, BinScale scale, Span<ushort> moved)
    {
        if (scale.Width < _scale.Width)
        {
            AddTo(ref moved[scale.BinOfKey(key * 2)], count - (count / 2));
            AddTo(ref moved[scale.BinOfKey((key * 2) + 1)], count / 2);
            return;
        }

        AddTo(ref moved[scale.BinOfKey(scale.Width > _scale.Width ? Math.Floor(key / 2) : key)], count);
    }

    private static void AddTo(ref ushort place, int count) => place = (ushort)Math.Min(ushort.MaxValue, place + count);

    private void Halve()
    {
        foreach (ref var count in _counts.AsSpan())
            count /= 2;
        Recount();
    }

    private void Recount()
    {
        (_total, _outer) = (0, 0);
        for (var group = 0; group < Groups; group++)
        {
            var counts = CountsOf(group);
            foreach (var count in counts)
                _total += count;
            _outer += counts[BinScale.Below] + counts[BinScale.Above];
        }
    }
}
