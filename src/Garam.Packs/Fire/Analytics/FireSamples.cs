using Garam.Packs.Fire.Risk;
using Garam.TimeSeries;

namespace Garam.Packs.Fire.Analytics;

/// <summary>Reads a device's stored readings: samples of one time are one reading again.</summary>
internal static class FireSamples
{
    /// <summary>Readings of one analysis: an hour at one a second. Of more the newest are taken.</summary>
    public const int SamplesMax = 3_600;

    private static readonly string[] Series =
    [
        FireMetric.Temperature, FireMetric.Score, FireMetric.Arcs, FireMetric.Current, FireMetric.Voltage, FireMetric.CarbonMonoxide, FireMetric.Voc,
        FireMetric.PowerFactor, FireMetric.Power, FireMetric.Confidence, FireMetric.MissingInputs, FireMetric.Status,
    ];

    /// <summary>Those of a range, oldest first, at most <see cref="SamplesMax"/>.</summary>
    /// <param name="fromUs">Inclusive.</param>
    /// <param name="toUs">Exclusive.</param>
    public static IReadOnlyList<FireSample> Read(TimeSeriesStore store, string deviceId, long fromUs, long toUs)
    {
        if (store.FindGroup(deviceId) is not { } group)
            return [];
        var rows = new SortedDictionary<long, double[]>();
        for (var column = 0; column < Series.Length; column++)
        {
            using var result = store.Query(group, new SeriesQuery(Series[column], fromUs, toUs, QueryStep.Raw));
            var times = result.Times;
            var values = result.Values;
            for (var i = Math.Max(0, times.Length - SamplesMax); i < times.Length; i++)
            {
                if (!rows.TryGetValue(times[i], out var row))
                {
                    rows.Add(times[i], row = new double[Series.Length]);
                    Array.Fill(row, double.NaN);
                }

                row[column] = values[i];
            }
        }

        return [.. rows.Skip(Math.Max(0, rows.Count - SamplesMax)).Select(r => SampleOf(r.Key, r.Value))];
    }

    /// <summary>A column without what is missing in it.</summary>
    public static double[] Column(this IReadOnlyList<FireSample> samples, Func<FireSample, double> of) =>
        [.. samples.Select(of).Where(value => !double.IsNaN(value))];

    private static FireSample SampleOf(long timeUs, double[] row) =>
        new(timeUs, row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], row[8], row[9], row[10], row[11]);
}
