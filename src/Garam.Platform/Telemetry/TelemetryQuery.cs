using Garam.Platform.Configuration;
using Garam.Platform.Rest;
using Garam.TimeSeries;

namespace Garam.Platform.Telemetry;

/// <summary>The question of <c>GET /devices/{id}/telemetry</c>, read and checked.</summary>
public sealed record TelemetryQuery(
    IReadOnlyList<string>? Metrics, long FromUs, long ToUs, QueryStep Step, IReadOnlyList<(string Name, Aggregates Aggregate)> Aggregates, int PointsMax)
{
    /// <summary>Points of one series in one answer, unless the asker wants fewer; a plot shows no more than its pixels.</summary>
    public const int PointsDefault = 3_000;

    /// <summary>A week of raw 5-second readings, and a bound on what one request may cost.</summary>
    public const int PointsLimit = 200_000;

    private const int MetricsMax = 100;

    private static readonly Dictionary<string, Aggregates> AggregateNames = new(StringComparer.Ordinal)
    {
        ["avg"] = TimeSeries.Aggregates.Average,
        ["min"] = TimeSeries.Aggregates.Min,
        ["max"] = TimeSeries.Aggregates.Max,
        ["count"] = TimeSeries.Aggregates.Count,
        ["sum"] = TimeSeries.Aggregates.Sum,
        ["first"] = TimeSeries.Aggregates.First,
        ["last"] = TimeSeries.Aggregates.Last,
    };

    /// <summary>Reads the parameters; null with the reason when they are wrong.</summary>
    public static TelemetryQuery? TryRead(
        string? metrics, string? from, string? to, string? step, string? agg, int? maxPoints, DateTimeOffset now, out string problem)
    {
        problem = "";
        var names = metrics?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (names is { Length: > MetricsMax })
            problem = $"metrics: at most {MetricsMax} at once.";
        if (!TimeRange.TryRead(from, to, now, out var range, out var wrong))
            problem = wrong;
        if (!TryReadStep(step ?? "raw", out var read))
            problem = $"step: '{step}' is no step. Write raw, auto, 1m, 1h, 1d or another duration of at least 1s.";
        var aggregates = new List<(string, Aggregates)>();
        foreach (var name in (agg ?? "avg").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct())
        {
            if (AggregateNames.TryGetValue(name, out var aggregate))
                aggregates.Add((name, aggregate));
            else
                problem = $"agg: '{name}' is none of {string.Join(", ", AggregateNames.Keys)}.";
        }

        var points = maxPoints ?? (read == QueryStep.Raw ? PointsLimit : PointsDefault * 5);
        if (maxPoints is < 3 or > PointsLimit)
            problem = $"maxPoints must be 3 to {PointsLimit}.";
        return problem.Length > 0 || aggregates.Count == 0 ? null : new TelemetryQuery(names, range.FromUs, range.ToUs, read, aggregates, points);
    }

    private static bool TryReadStep(string text, out QueryStep step)
    {
        step = text == "auto" ? QueryStep.Auto : QueryStep.Raw;
        if (text is "raw" or "auto")
            return true;
        if (!DurationText.TryParse(text, out var length) || length < TimeSpan.FromSeconds(1))
            return false;
        step = QueryStep.Of(length);
        return true;
    }
}
