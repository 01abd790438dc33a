using Garam.TimeSeries;

namespace Garam.Web.Devices;

/// <summary>A device's newest readings as rows, newest first.</summary>
internal static class RecentRows
{
    public const int RowsMax = 50;

    /// <summary>How far to look back, in turn, until there are rows enough: what sends often is not read for days.</summary>
    private static readonly long[] LookBackUs = [60_000_000, 600_000_000, 7_200_000_000, 86_400_000_000, 30 * 86_400_000_000];

    /// <param name="endUs">Unix microseconds; rows up to this moment.</param>
    public static IReadOnlyList<RecentRow> Of(TimeSeriesStore store, string deviceId, IReadOnlyList<string> metrics, long endUs)
    {
        if (metrics.Count == 0 || store.FindGroup(deviceId) is not { } group)
            return [];
        var newest = new List<NewestValue>();
        group.CopyNewest(newest);
        var lastUs = newest.Where(v => metrics.Contains(v.Name)).Select(v => v.TimeUs).DefaultIfEmpty(0).Max();
        endUs = Math.Min(endUs, lastUs);
        IReadOnlyList<RecentRow> rows = [];
        foreach (var back in LookBackUs)
        {
            rows = Rows(store, group, metrics, endUs - back, endUs + 1);
            if (rows.Count >= RowsMax)
                break;
        }

        return rows;
    }

    private static List<RecentRow> Rows(TimeSeriesStore store, SeriesGroup group, IReadOnlyList<string> metrics, long fromUs, long toUs)
    {
        var rows = new Dictionary<long, RecentRow>();
        for (var metric = 0; metric < metrics.Count; metric++)
        {
            using var result = store.Query(group, new SeriesQuery(metrics[metric], fromUs, toUs, QueryStep.Raw) { Reduction = Reduction.None });
            // A metric's own newest rows are enough: older ones cannot be among the newest of all.
            for (var i = Math.Max(0, result.Count - RowsMax); i < result.Count; i++)
            {
                if (!rows.TryGetValue(result.Times[i], out var row))
                    rows.Add(result.Times[i], row = new RecentRow(result.Times[i], Empty(metrics.Count), new bool[metrics.Count]));
                row.Values[metric] = result.Values[i];
                row.Suspects[metric] = !result.Suspects.IsEmpty && result.Suspects[i];
            }
        }

        return [.. rows.Values.OrderByDescending(r => r.TimeUs).Take(RowsMax)];
    }

    private static double[] Empty(int count)
    {
        var values = new double[count];
        Array.Fill(values, double.NaN);
        return values;
    }
}
