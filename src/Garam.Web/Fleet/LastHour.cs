using Garam.TimeSeries;

namespace Garam.Web.Fleet;

/// <summary>Sixty averages of a minute: the last hour of a metric.</summary>
internal static class LastHour
{
    public const int Minutes = 60;

    private const long MinuteUs = 60_000_000;

    /// <summary>Oldest first; NaN for a minute without a reading.</summary>
    public static double[] Of(TimeSeriesStore store, string deviceId, string metric, long nowUs)
    {
        var values = new double[Minutes];
        Array.Fill(values, double.NaN);
        if (store.FindGroup(deviceId) is not { } group)
            return values;
        var fromUs = ((nowUs / MinuteUs) - Minutes + 1) * MinuteUs;
        using var result = store.Query(group, new SeriesQuery(metric, fromUs, fromUs + (Minutes * MinuteUs), QueryStep.Of(TimeSpan.FromMinutes(1))));
        for (var i = 0; i < result.Count; i++)
        {
            if ((result.Times[i] - fromUs) / MinuteUs is var minute and >= 0 and < Minutes)
                values[minute] = result.Values[i];
        }

        return values;
    }
}
