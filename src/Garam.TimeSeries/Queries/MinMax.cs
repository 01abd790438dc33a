namespace Garam.TimeSeries.Queries;

/// <summary>Of each of equally many points, the least and the greatest, so that no extreme is lost.</summary>
internal static class MinMax
{
    /// <summary>Fills indices of kept points, ascending, and answers how many; two for each pair of <paramref name="kept"/> at most.</summary>
    public static int Select(ReadOnlySpan<double> lows, ReadOnlySpan<double> highs, Span<int> kept)
    {
        var stretches = kept.Length / 2;
        var count = 0;
        for (var stretch = 0; stretch < stretches; stretch++)
        {
            var from = (int)((long)lows.Length * stretch / stretches);
            var end = (int)((long)lows.Length * (stretch + 1) / stretches);
            if (from == end) continue;
            int least = from, greatest = from;
            for (var i = from + 1; i < end; i++)
            {
                if (lows[i] < lows[least] || double.IsNaN(lows[least])) least = i;
                if (highs[i] > highs[greatest] || double.IsNaN(highs[greatest])) greatest = i;
            }

            kept[count++] = Math.Min(least, greatest);
            if (least != greatest) kept[count++] = Math.Max(least, greatest);
        }

        return count;
    }
}
