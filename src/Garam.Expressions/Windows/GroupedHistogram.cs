using System.Runtime.Intrinsics;

namespace Garam.Expressions.Windows;

/// <summary>
/// Counts of values in bins of one width, kept apart for each group of time, so that a group can expire.
/// <list type="bullet">
/// <item>Bin i of the main range holds [(first + i)·width, (first + i + 1)·width); widths are powers of two, so that bins can be
/// joined in pairs and split in halves.</item>
/// <item>What lies below or above the range is counted in two outer bins, with the smallest and largest value of each group.
/// They take up to 2 % of the samples (or three): a few outliers must not cost all others their resolution.</item>
/// <item>When they would take more, the range moves or the bins are joined until the value is inside.</item>
/// <item>When 99 % of the samples use less than half of the range, bins are split at the next change of group; the rest becomes
/// outer.</item>
/// <item>A count that would pass 65,535 halves all counts: their proportions are what matters.</item>
/// </list>
/// </summary>
internal sealed class GroupedHistogram
{
    /// <summary>With <see cref="Groups"/>, the most that keeps a window under 2 KB.</summary>
    public const int MainBins = 38;

    /// <summary>A multiple of eight, for <see cref="AddCountsTo"/>.</summary>
    public const int Bins = MainBins + 2;

    /// <summary>One more than make a window.</summary>
    public const int Groups = 11;

    private const int Below = 0;
    private const int Above = Bins - 1;
    private const int OuterMin = 3;
    private const int OuterPart = 50;
    private const double WidthMin = 1e-300;

    /// <summary>A bin is never finer than this part of the values: a constant signal needs no splitting.</summary>
    private const double FinestPart = 1 << 16;

    private readonly ushort[] _counts = new ushort[Groups * Bins];
    private readonly double[] _lowest = new double[Groups];
    private readonly double[] _highest = new double[Groups];
    private double _width;
    private double _first;
    private long _total;
    private long _outer;

    /// <summary>Places the bins so that a first few samples, but for one at each end, take the middle half of them.</summary>
    public GroupedHistogram(ReadOnlySpan<double> sorted)
    {
        Array.Fill(_lowest, double.PositiveInfinity);
        Array.Fill(_highest, double.NegativeInfinity);
        var (low, high) = (sorted[1], sorted[^2]);
        var magnitude = Math.Max(Math.Abs(low), Math.Abs(high));
        var width = Math.Max((high / (MainBins / 2)) - (low / (MainBins / 2)), Math.Max(WidthMin, magnitude / FinestPart));
        _width = Math.ScaleB(1, Math.ILogB(width) + 1);
        CentreOn((low / 2) + (high / 2));
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
        var bin = BinOf(value);
        if (_total == 0 && bin is Below or Above)
        {
            CentreOn(value);
            bin = BinOf(value);
        }

        if (bin is Below or Above)
        {
            if (_outer + 1 > Math.Max(OuterMin, _total / OuterPart))
            {
                MakeRoom(value);
                bin = BinOf(value);
            }
            else
            {
                _outer++;
            }
        }

        ref var count = ref _counts[(group * Bins) + bin];
        if (count == ushort.MaxValue)
            Halve();
        count++;
        _total++;
    }

    /// <summary>Takes back a value that was replaced. The bins may have moved since: nothing is taken from an empty one.</summary>
    public void Remove(int group, double value)
    {
        ref var count = ref _counts[(group * Bins) + BinOf(value)];
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
        while (TryInUse(Math.Max(0, (_total / 100) - _outer), out var from, out var to) && (to - from + 1) * 2 <= MainBins
            && _width > WidthMin && Math.Abs(_first) + MainBins < FinestPart)
        {
            var middle = _first + from + ((to - from) / 2);
            Remap(_width / 2, (2 * middle) - (MainBins / 2), split: true);
            Recount();
        }
    }

    /// <summary>Where the share of a bin lies, for a position from 0 to 1 inside it.</summary>
    public double ValueIn(int bin, double position, double lowest, double highest)
    {
        var low = (_first + bin - 1) * _width;
        var high = low + _width;
        if (bin == Below)
            low = Math.Min(lowest, high);
        else if (bin == Above)
            high = Math.Max(highest, low);
        var value = low + ((high - low) * position);
        return Math.Min(Math.Max(value, lowest), highest);
    }

    private void CentreOn(double value) => _first = Math.Floor(value / _width) - (MainBins / 2);

    private int BinOf(double value)
    {
        var place = Math.Floor(value / _width) - _first;
        return place < 0 ? Below : place >= MainBins ? Above : (int)place + 1;
    }

    private void MakeRoom(double value)
    {
        while (true)
        {
            var key = Math.Floor(value / _width);
            var (low, high) = (key, key);
            if (TryInUse(0, out var from, out var to))
                (low, high) = (Math.Min(key, _first + from), Math.Max(key, _first + to));
            if (high - low < MainBins)
            {
                Remap(_width, Math.Floor((low + high + 1) / 2) - (MainBins / 2), split: false);
                return;
            }

            Remap(_width * 2, Math.Floor(_first / 2), split: false);
        }
    }

    /// <summary>The first and last main bin that hold anything, leaving out up to so many samples at the ends.</summary>
    private bool TryInUse(long leftOut, out int from, out int to)
    {
        Span<long> totals = stackalloc long[MainBins];
        totals.Clear();
        for (var group = 0; group < Groups; group++)
        {
            var counts = CountsOf(group);
            for (var bin = 0; bin < MainBins; bin++)
                totals[bin] += counts[bin + 1];
        }

        (from, to) = (0, MainBins - 1);
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

    private void Remap(double width, double first, bool split)
    {
        Span<ushort> moved = stackalloc ushort[Bins];
        for (var group = 0; group < Groups; group++)
        {
            var counts = _counts.AsSpan(group * Bins, Bins);
            moved.Clear();
            moved[Below] = counts[Below];
            moved[Above] = counts[Above];
            for (var bin = 1; bin <= MainBins; bin++)
            {
                var count = counts[bin];
                if (count == 0)
                    continue;
                var key = _first + bin - 1;
                if (split)
                {
                    AddTo(ref moved[PlaceOf(key * 2, first)], count - (count / 2));
                    AddTo(ref moved[PlaceOf((key * 2) + 1, first)], count / 2);
                }
                else
                {
                    AddTo(ref moved[PlaceOf(width == _width ? key : Math.Floor(key / 2), first)], count);
                }
            }

            moved.CopyTo(counts);
        }

        (_width, _first) = (width, first);
    }

    private static void AddTo(ref ushort place, int count) => place = (ushort)Math.Min(ushort.MaxValue, place + count);

    private static int PlaceOf(double key, double first) => Math.Clamp((int)(key - first) + 1, Below, Above);

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
            _outer += counts[Below] + counts[Above];
        }
    }
}
