using System.Text;

namespace Garam.TimeSeries.Tests;

internal static class StoreTesting
{
    public const long Start = 1_772_323_200_000_000; // 2026-03-01T00:00:00Z

    public static TimeSeriesStore Open(string directory, Action<DamagedData>? onDamaged = null) =>
        TimeSeriesStore.Open(new TimeSeriesOptions { Directory = directory, OnDamagedData = onDamaged });

    public static void Commit(this TimeSeriesStore store, string token = "") =>
        store.BeginCommit(Encoding.UTF8.GetBytes(token)).CompleteAsync().GetAwaiter().GetResult();

    public static string Token(this TimeSeriesStore store) => Encoding.UTF8.GetString(store.CheckpointToken.Span);

    public static AppendOutcome Append(this SeriesGroup group, long timeUs, string series, double value, SampleFlags flags = SampleFlags.None) =>
        group.Append(timeUs, [new SeriesSample(group.Series(series), value, flags)]);

    public static (long Time, double Value)[] Raw(this TimeSeriesStore store, SeriesGroup group, string series, long from = UtcTime.MinUs, long to = UtcTime.MaxUs)
    {
        using var result = store.Query(group, new SeriesQuery(series, from, to, QueryStep.Raw));
        var points = new (long, double)[result.Count];
        for (var i = 0; i < points.Length; i++) points[i] = (result.Times[i], result.Values[i]);
        return points;
    }
}
