using Garam.Packs.Fire.Analytics;
using Garam.Packs.Fire.Risk;
using Garam.TimeSeries;

namespace Garam.Packs.Fire.Board;

/// <summary>The last hour of detectors, minute by minute, oldest first; NaN for a minute without a reading.</summary>
/// <param name="FromUs">Begin of the first minute, Unix microseconds.</param>
/// <param name="Average">Mean of the devices' averages.</param>
/// <param name="Worst">The greatest risk of any device.</param>
/// <param name="Clusters">What the cluster risk was, each device taken by its worst in the minute; null for a minute without a reading.</param>
/// <param name="Devices">The averages of each device.</param>
public sealed record RiskMinutes(
    long FromUs, IReadOnlyList<double> Average, IReadOnlyList<double> Worst, IReadOnlyList<string?> Clusters,
    IReadOnlyDictionary<string, IReadOnlyList<double>> Devices)
{
    public const int Count = 60;

    private const long MinuteUs = 60_000_000;

    internal static RiskMinutes Read(TimeSeriesStore store, IReadOnlyList<string> deviceIds, long nowUs)
    {
        var fromUs = ((nowUs / MinuteUs) - Count + 1) * MinuteUs;
        var devices = new Dictionary<string, IReadOnlyList<double>>(StringComparer.Ordinal);
        var worst = new List<(string Id, double[] Minutes)>(deviceIds.Count);
        foreach (var id in deviceIds)
        {
            var (averages, peaks) = Read(store, id, fromUs);
            devices[id] = averages;
            worst.Add((id, peaks));
        }

        return new RiskMinutes(
            fromUs,
            [.. Enumerable.Range(0, Count).Select(m => Mean(devices.Values, m))],
            [.. Enumerable.Range(0, Count).Select(m => worst.Select(d => d.Minutes[m]).Where(r => !double.IsNaN(r)).DefaultIfEmpty(double.NaN).Max())],
            [.. Enumerable.Range(0, Count).Select(m => worst.All(d => double.IsNaN(d.Minutes[m])) ? null : ClusterRisk.Of(worst.Select(d => (d.Id, d.Minutes[m]))).Level)],
            devices);
    }

    private static (double[] Averages, double[] Peaks) Read(TimeSeriesStore store, string deviceId, long fromUs)
    {
        var (averages, peaks) = (new double[Count], new double[Count]);
        Array.Fill(averages, double.NaN);
        Array.Fill(peaks, double.NaN);
        if (store.FindGroup(deviceId) is not { } group)
            return (averages, peaks);
        using var result = store.Query(group, new SeriesQuery(FireMetric.Score, fromUs, fromUs + (Count * MinuteUs), QueryStep.Of(TimeSpan.FromMinutes(1)))
        {
            Aggregates = Aggregates.Average | Aggregates.Max,
        });
        for (var i = 0; i < result.Count; i++)
        {
            if ((result.Times[i] - fromUs) / MinuteUs is var minute and >= 0 and < Count)
                (averages[minute], peaks[minute]) = (result[Aggregates.Average][i], result[Aggregates.Max][i]);
        }

        return (averages, peaks);
    }

    private static double Mean(IEnumerable<IReadOnlyList<double>> devices, int minute)
    {
        var (sum, count) = (0.0, 0);
        foreach (var device in devices)
        {
            if (double.IsNaN(device[minute]))
                continue;
            sum += device[minute];
            count++;
        }

        return count == 0 ? double.NaN : sum / count;
    }
}
