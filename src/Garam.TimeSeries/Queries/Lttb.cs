namespace Garam.TimeSeries.Queries;

/// <summary>
/// Largest triangle three buckets, after S. Steinarsson, "Downsampling Time Series for Visual Representation" (University
/// of Iceland, 2013): the first and the last point stay; of each stretch between, the point that spans the largest
/// triangle with the point kept before and the mean of the stretch after.
/// </summary>
internal static class Lttb
{
    /// <summary>Indices of the kept points, ascending; <paramref name="kept"/> is as long as there are points to keep (3 or more).</summary>
    public static void Select(ReadOnlySpan<long> times, ReadOnlySpan<double> values, Span<int> kept)
    {
        var stretches = kept.Length - 2;
        kept[0] = 0;
        for (var i = 0; i < stretches; i++)
        {
            var from = Begin(i, times.Length, stretches);
            var end = Begin(i + 1, times.Length, stretches);
            var nextEnd = i == stretches - 1 ? times.Length : Begin(i + 2, times.Length, stretches);
            kept[i + 1] = LargestTriangle(times, values, kept[i], from, end, nextEnd);
        }

        kept[^1] = times.Length - 1;
    }

    private static int Begin(int stretch, int points, int stretches) => 1 + (int)((long)stretch * (points - 2) / stretches);

    private static int LargestTriangle(ReadOnlySpan<long> times, ReadOnlySpan<double> values, int before, int from, int end, int nextEnd)
    {
        // Times relative to the point before: microseconds since 1970 would lose the digits that matter.
        var origin = times[before];
        double meanTime = 0, meanValue = 0;
        for (var i = end; i < nextEnd; i++)
        {
            meanTime += times[i] - origin;
            meanValue += values[i];
        }

        meanTime /= nextEnd - end;
        meanValue /= nextEnd - end;
        var best = from;
        var bestArea = -1.0;
        for (var i = from; i < end; i++)
        {
            // Twice the area; a NaN compares false and is kept only when its stretch has nothing else.
            var area = Math.Abs(meanTime * (values[i] - values[before]) - (times[i] - origin) * (meanValue - values[before]));
            if (!(area > bestArea)) continue;
            bestArea = area;
            best = i;
        }

        return best;
    }
}
