using Garam.Packs.Fire.Analytics;
using Garam.Packs.Fire.Risk;
using Garam.TimeSeries;

namespace Garam.Packs.Fire.Board;

/// <summary>The trend of a detector's newest readings, as many as the document's historical context takes.</summary>
internal static class NewestTrend
{
    /// <summary>With fewer the document sees no trend.</summary>
    private const int ReadingsMin = 10;

    /// <summary>How far back, in turn, until there are readings enough: what sends often is not read for an hour.</summary>
    private static readonly long[] LookBackUs = [60_000_000, 300_000_000, 3_600_000_000];

    public static RiskTrend Of(TimeSeriesStore store, string deviceId, long timeUs)
    {
        if (store.FindGroup(deviceId) is not { } group)
            return RiskTrend.Unknown;
        foreach (var back in LookBackUs)
        {
            var risks = Newest(store, group, FireMetric.Score, timeUs - back, timeUs);
            if (risks.Length < ReadingsMin || (risks.Length < RiskHistory.ReadingsMax && back != LookBackUs[^1]))
                continue;
            return TemporalPattern.Overall(Trend.Slope(Newest(store, group, FireMetric.Temperature, timeUs - back, timeUs)), Trend.Slope(risks)) switch
            {
                TemporalPattern.Rising => RiskTrend.Rising,
                "FALLING" => RiskTrend.Falling,
                "MIXED" => RiskTrend.Mixed,
                _ => RiskTrend.Stable,
            };
        }

        return RiskTrend.Unknown;
    }

    private static double[] Newest(TimeSeriesStore store, SeriesGroup group, string metric, long fromUs, long toUs)
    {
        using var result = store.Query(group, new SeriesQuery(metric, fromUs, toUs + 1, QueryStep.Raw));
        return result.Values[Math.Max(0, result.Count - RiskHistory.ReadingsMax)..].ToArray();
    }
}
