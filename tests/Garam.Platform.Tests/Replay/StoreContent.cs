using Garam.TimeSeries;

namespace Garam.Platform.Tests.Replay;

/// <summary>
/// All that a store answers about a device: samples, rollups, texts and newest values, as lines that can be compared. Sums of doubles depend on
/// the order of adding in their last digit.
/// </summary>
internal static class StoreContent
{
    private static readonly TimeSpan[] Steps = [TimeSpan.FromMinutes(1), TimeSpan.FromHours(1), TimeSpan.FromDays(1)];

    /// <param name="withPositions">Log positions too; they differ between nodes that were fed in another order.</param>
    public static List<string> Of(TimeSeriesStore store, string device, bool withPositions = true)
    {
        if (store.FindGroup(device) is not { } group)
            return [];
        var lines = new List<string>();
        foreach (var series in group.SeriesNames().Where(name => withPositions || !name.StartsWith('$')).Order(StringComparer.Ordinal))
        {
            using var samples = store.Query(group, new SeriesQuery(series, 0, long.MaxValue / 2, QueryStep.Raw));
            for (var i = 0; i < samples.Count; i++)
                lines.Add($"{series} {samples.Times[i]} {samples.Values[i]:R} {(!samples.Suspects.IsEmpty && samples.Suspects[i] ? "suspect" : "")}");
            foreach (var step in Steps)
                lines.AddRange(Buckets(store, group, series, step));
        }

        var newest = new List<NewestValue>();
        group.CopyNewest(newest);
        lines.AddRange(newest.Where(n => withPositions || !n.Name.StartsWith('$')).Select(n => $"newest {n}").Order(StringComparer.Ordinal));
        var texts = new List<NewestText>();
        group.CopyNewestTexts(texts);
        foreach (var text in texts.OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            lines.Add($"newest {text}");
            lines.AddRange(store.TextEvents(group, text.Name, 0, long.MaxValue / 2).Select(e => $"{text.Name} {e.TimeUs} {e.Value}"));
        }

        return lines;
    }

    private static IEnumerable<string> Buckets(TimeSeriesStore store, SeriesGroup group, string series, TimeSpan step)
    {
        using var buckets = store.Query(group, new SeriesQuery(series, 0, long.MaxValue / 2, QueryStep.Of(step)) { Aggregates = (Aggregates)127 });
        var lines = new List<string>();
        for (var i = 0; i < buckets.Count; i++)
        {
            lines.Add(
                $"{series} {step} {buckets.Times[i]} n={buckets[Aggregates.Count][i]} sum={buckets[Aggregates.Sum][i]:G10} min={buckets[Aggregates.Min][i]:R} "
                + $"max={buckets[Aggregates.Max][i]:R} first={buckets[Aggregates.First][i]:R} last={buckets[Aggregates.Last][i]:R}");
        }

        return lines;
    }
}
