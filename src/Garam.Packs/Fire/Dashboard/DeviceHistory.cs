using Garam.Packs.Fire.Risk;
using Garam.TimeSeries;

namespace Garam.Packs.Fire.Dashboard;

/// <summary>A device's newest readings as the document's dashboard shows them.</summary>
/// <param name="Risk">The total of the indicators (<c>total_risk_score</c>), as in the document, not the final risk.</param>
internal sealed record DeviceHistory(long TimeUs, double Temperature, double Risk, double Arcs, double Voltage, double Current, double Status)
{
    private static readonly string[] Series =
        [FireMetric.Temperature, FireMetric.TotalScore, FireMetric.Arcs, FireMetric.Voltage, FireMetric.Current, FireMetric.Status];

    /// <summary>At most so many of a range, the newest ones, oldest first.</summary>
    public static IReadOnlyList<DeviceHistory> Read(TimeSeriesStore store, string deviceId, long fromUs, long toUs, int limit)
    {
        if (store.FindGroup(deviceId) is not { } group)
            return [];
        var rows = new SortedDictionary<long, double[]>();
        for (var column = 0; column < Series.Length; column++)
        {
            using var result = store.Query(group, new SeriesQuery(Series[column], fromUs, toUs, QueryStep.Raw));
            var times = result.Times;
            for (var i = Math.Max(0, times.Length - limit); i < times.Length; i++)
            {
                if (!rows.TryGetValue(times[i], out var row))
                {
                    rows.Add(times[i], row = new double[Series.Length]);
                    Array.Fill(row, double.NaN);
                }

                row[column] = result.Values[i];
            }
        }

        return [.. rows.Skip(Math.Max(0, rows.Count - limit)).Select(r => new DeviceHistory(r.Key, r.Value[0], r.Value[1], r.Value[2], r.Value[3], r.Value[4], r.Value[5]))];
    }

    /// <summary>Alarm bits counted in all readings so far, those that retention has removed included.</summary>
    public static double TotalAlarms(TimeSeriesStore store, string deviceId, long nowUs)
    {
        if (store.FindGroup(deviceId) is not { } group)
            return 0;
        using var days = store.Query(group, new SeriesQuery(FireMetric.AlarmCount, 0, nowUs + 1, QueryStep.Of(TimeSpan.FromDays(1)))
        {
            Aggregates = Aggregates.Sum,
        });
        var total = 0.0;
        foreach (var day in days[Aggregates.Sum])
            total += day;
        return total;
    }
}
