using Garam.Web.Fleet;

namespace Garam.Web.Devices;

/// <summary>Which metrics a device's page shows while nobody has chosen: the main one and those that go with it.</summary>
internal static class MetricChoice
{
    private const int ChartUsual = 2;
    private const int ColumnsUsual = 4;

    public static IReadOnlyList<string> Chart(IReadOnlyList<Reading> readings, IReadOnlyList<string> chosen, IReadOnlyDictionary<string, string> tags)
    {
        var known = chosen.Where(name => readings.Any(r => r.Metric == name)).ToList();
        if (known.Count > 0)
            return known;
        if (MainMetric.Of(readings, tags) is not { } main)
            return [];
        // A second line of the same unit says more than a second axis.
        return [.. Ranked(readings, tags).Where(r => r.Metric == main.Metric || (r.Unit is not null && r.Unit == main.Unit)).Take(ChartUsual).Select(r => r.Metric)];
    }

    public static IReadOnlyList<string> Columns(IReadOnlyList<Reading> readings, IReadOnlyList<string> chosen, IReadOnlyDictionary<string, string> tags)
    {
        var chart = Chart(readings, chosen, tags);
        return chosen.Count > 0 ? chart : [.. chart.Concat(Ranked(readings, tags).Select(r => r.Metric)).Distinct(StringComparer.Ordinal).Take(ColumnsUsual)];
    }

    private static IEnumerable<Reading> Ranked(IReadOnlyList<Reading> readings, IReadOnlyDictionary<string, string> tags)
    {
        var main = MainMetric.Of(readings, tags);
        return readings.Where(r => !r.IsBoolean).OrderBy(r => r.Metric == main?.Metric ? -1 : MainMetric.Rank(r));
    }
}
