using Garam.Packs.Fire.Risk;
using Garam.TimeSeries;

namespace Garam.Packs.Fire.Analytics;

/// <summary>
/// How alike two devices move: Pearson's coefficient of their minutes' averages. The document correlates two single numbers, which says nothing;
/// the hour it has at hand does.
/// </summary>
internal static class Correlation
{
    private const int MinutesMin = 3;

    /// <summary>Averages of the minutes in a range, by their start in Unix microseconds.</summary>
    public static Dictionary<long, double> Minutes(TimeSeriesStore store, string deviceId, string metric, long fromUs, long toUs)
    {
        var minutes = new Dictionary<long, double>();
        if (store.FindGroup(deviceId) is not { } group)
            return minutes;
        using var result = store.Query(group, new SeriesQuery(metric, fromUs, toUs, QueryStep.Of(TimeSpan.FromMinutes(1))));
        for (var i = 0; i < result.Count; i++)
            minutes[result.Times[i]] = result.Values[i];
        return minutes;
    }

    /// <summary>−1 to 1; NaN with fewer than 3 minutes in common, or when one of the two does not move.</summary>
    public static double Of(Dictionary<long, double> a, Dictionary<long, double> b)
    {
        var common = a.Keys.Where(b.ContainsKey).Order().ToList();
        if (common.Count < MinutesMin)
            return double.NaN;
        var (x, y) = (common.ConvertAll(t => a[t]), common.ConvertAll(t => b[t]));
        var (meanX, meanY) = (x.Average(), y.Average());
        var (product, squareX, squareY) = (0.0, 0.0, 0.0);
        for (var i = 0; i < x.Count; i++)
        {
            product += (x[i] - meanX) * (y[i] - meanY);
            squareX += (x[i] - meanX) * (x[i] - meanX);
            squareY += (y[i] - meanY) * (y[i] - meanY);
        }

        return squareX > 0 && squareY > 0 ? Math.Clamp(product / Math.Sqrt(squareX * squareY), -1, 1) : double.NaN;
    }
}
