using System.Globalization;
using Garam.Decoding.Specs;
using Garam.Expressions;

namespace Garam.Platform.Rules;

/// <summary>
/// The shorthand of anomaly rules: <c>detector</c> with <c>metric</c>, <c>window</c>, <c>limit</c> and <c>minimum</c> becomes a condition of
/// the language, so that what is judged can be read and there is one way of judging. What differs stands first: an alarm shows the left
/// side of its condition's first comparison.
/// </summary>
internal static class DetectorReader
{
    public const string Seasonal = "seasonal";

    /// <summary>Interquartile range of a normal distribution, in standard deviations.</summary>
    private const string RangeOfSigma = "1.349";

    private const int UsualMinimum = 30;
    private const int SeasonalUsualMinimum = 5;

    private static readonly string[] Words = ["zscore", "robust_zscore", "rate_of_change", "flat_line", Seasonal];

    public static readonly string[] Keys = ["metric", "window", "limit", "minimum", "time_zone"];

    /// <summary>The condition, or for <c>seasonal</c> the record; neither when there is no detector or it has a problem.</summary>
    public static (RuleText? When, Seasonal? Seasonal) Read(SpecSection section)
    {
        var detector = section.Choice("detector", [.. Words.Select((word, index) => (word, index))]) is { } chosen ? Words[chosen] : null;
        var found = section.Problems.Count;
        var metric = section.Text("metric");
        var window = section.Duration("window", ExpressionLimits.WindowMin, ExpressionLimits.WindowMax);
        var limit = section.Number("limit");
        var isSeasonal = detector == Seasonal;
        var minimum = (int?)section.Whole("minimum", isSeasonal ? RulesetLimits.SeasonalMinimumLeast : 1, RulesetLimits.MinimumMax);
        var zone = section.Text("time_zone");
        if (detector is null)
            return default;
        Require(section, "metric", "metric: temperature");
        if (detector != "flat_line")
            Require(section, "limit", "limit: 3");
        if (limit < 0 || (limit == 0 && detector != "flat_line"))
            section.Problem("limit", $"`limit` is not above 0", $"Write how far from the usual is too far: `limit: 3`.");
        if (isSeasonal)
            CheckSeasonal(section, zone);
        else
            CheckWindowed(section, detector);
        if (section.Problems.Count > found || metric is null)
            return default;
        if (isSeasonal)
            return (null, new Seasonal(metric, limit!.Value, minimum ?? SeasonalUsualMinimum, zone));
        return NameOf(metric) is { } name ? (Condition(section, detector, name, window!.Value, limit ?? 0, minimum), null) : Unnamed(section, metric);
    }

    private static RuleText Condition(SpecSection section, string detector, string m, TimeSpan window, double limit, int? minimum)
    {
        var w = string.Create(CultureInfo.InvariantCulture, $"{window.TotalSeconds}s");
        var l = limit.ToString("R", CultureInfo.InvariantCulture);
        var (compared, usual) = detector switch
        {
            "zscore" => ($"abs({m} - avg({m}, {w})) > {l} * stddev({m}, {w})", UsualMinimum),
            // Where half of the readings are equal there is no spread, and the least change would be far outside of it.
            "robust_zscore" => ($"abs({m} - median({m}, {w})) > {l} * (percentile({m}, 75, {w}) - percentile({m}, 25, {w})) / {RangeOfSigma}"
                + $" and percentile({m}, 75, {w}) > percentile({m}, 25, {w})", UsualMinimum),
            "rate_of_change" => ($"abs(rate({m}, {w})) > {l}", 2),
            _ => ($"max({m}, {w}) - min({m}, {w}) <= {l}", 2),
        };
        var text = string.Create(CultureInfo.InvariantCulture, $"{compared} and count({m}, {w}) >= {minimum ?? usual}");
        var at = section.At("metric");
        return new RuleText(text, at.Line, at.Column) { IsVerbatim = false };
    }

    private static void CheckSeasonal(SpecSection section, string? zone)
    {
        if (section.Has("window"))
            section.Problem("window", $"`seasonal` compares with the same hour of earlier days and weeks and has no window", $"Take `window` away.");
        if (zone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            section.Problem("time_zone", $"there is no time zone `{RuleKeys.Short(zone)}`", $"Write an IANA name: `time_zone: Asia/Seoul`.");
    }

    private static void CheckWindowed(SpecSection section, string detector)
    {
        Require(section, "window", "window: 1h");
        if (section.Has("time_zone"))
            section.Problem("time_zone", $"`{detector}` does not look at the hour of the day", $"Take `time_zone` away, or use `detector: seasonal`.");
        if (detector == "flat_line")
            Require(section, "minimum", "minimum: 20");
    }

    private static void Require(SpecSection section, string key, string example)
    {
        if (!section.Has(key))
            section.Problem("detector", $"the detector needs `{key}`", $"Add `{example}`.");
    }

    /// <summary>The metric as the language spells it; null when it cannot be spelled.</summary>
    private static string? NameOf(string metric)
    {
        if (Expression.Parse(metric).Expression?.LoneName == metric)
            return metric;
        var quoted = $"`{metric}`";
        return Expression.Parse(quoted).Expression?.LoneName == metric ? quoted : null;
    }

    private static (RuleText? When, Seasonal? Seasonal) Unnamed(SpecSection section, string metric)
    {
        section.Problem("metric", $"`{RuleKeys.Short(metric)}` is no name of a metric", $"Name one metric; for a formula write the condition out with `when`.");
        return default;
    }
}
