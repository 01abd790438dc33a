using System.Text.Json;
using Garam.Packs.Fire.Analytics;

namespace Garam.Packs.Tests.Fire;

/// <summary>Trend, velocity, arc pattern, periodicity and batches against the output of the document's own Python (testdata/fire-oracle).</summary>
public sealed class Stream_analysis_of_the_document
{
    private const double Tolerance = 1e-9;

    [Fact]
    public void A_hundred_and_twenty_series_are_judged_as_the_document_judges_them()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Testdata.Path("fire-oracle", "stream.json")));
        var periodic = 0;
        foreach (var expected in document.RootElement.EnumerateArray())
        {
            var temperatures = Numbers(expected, "temperatures");
            Trend.Slope(temperatures).ShouldBe(expected.GetProperty("trend").GetDouble(), Tolerance);
            Trend.Velocity(temperatures).ShouldBe(expected.GetProperty("velocity").GetDouble(), Tolerance);
            Same(ArcPattern.Of(Numbers(expected, "arcs")), expected.GetProperty("arc_pattern"));
            Same(Periodicity.Of(temperatures), expected.GetProperty("periodicity"));
            periodic += expected.GetProperty("periodicity").GetProperty("periodic").GetBoolean() ? 1 : 0;
            Same(BatchAnalysis.Of([.. Numbers(expected, "risks").Select((risk, i) => ((long)i, risk))])!, expected.GetProperty("batch"));
        }

        document.RootElement.GetArrayLength().ShouldBe(120);
        periodic.ShouldBeInRange(20, 100, "both answers are among the series");
    }

    private static void Same(ArcPattern actual, JsonElement expected)
    {
        actual.Pattern.ShouldBe(expected.GetProperty("pattern").GetString());
        actual.Frequency.ShouldBe(expected.GetProperty("frequency").GetDouble());
        actual.TotalArcs.ShouldBe(expected.TryGetProperty("total_arcs", out var total) ? total.GetInt64() : 0);
        actual.MaxSingleEvent.ShouldBe(expected.TryGetProperty("max_single_event", out var most) ? most.GetInt64() : 0);
    }

    private static void Same(Periodicity actual, JsonElement expected)
    {
        actual.IsPeriodic.ShouldBe(expected.GetProperty("periodic").GetBoolean());
        actual.Period.HasValue.ShouldBe(expected.TryGetProperty("period", out var period));
        if (actual.Period is null)
            return;
        actual.Period.Value.ShouldBe(period.GetDouble(), Tolerance);
        actual.DominantFrequency!.Value.ShouldBe(expected.GetProperty("dominant_frequency").GetDouble(), Tolerance);
    }

    private static void Same(BatchAnalysis actual, JsonElement expected)
    {
        var trend = expected.GetProperty("trend_analysis");
        actual.RiskTrend.ShouldBe(trend.GetProperty("risk_trend").GetDouble(), Tolerance);
        actual.RiskVolatility.ShouldBe(trend.GetProperty("risk_volatility").GetDouble(), Tolerance);
        actual.MaxRisk.ShouldBe(trend.GetProperty("max_risk").GetDouble());
        actual.MinRisk.ShouldBe(trend.GetProperty("min_risk").GetDouble());
        actual.AverageRisk.ShouldBe(trend.GetProperty("avg_risk").GetDouble());
        actual.RecordCount.ShouldBe(expected.GetProperty("record_count").GetInt32());
        actual.Anomalies.Select(a => (a.Type, a.Change, a.TimeUs, a.StreakLength)).ShouldBe(expected.GetProperty("batch_anomalies").EnumerateArray().Select(a => (
            a.GetProperty("type").GetString()!,
            a.TryGetProperty("change", out var change) ? change.GetDouble() : (double?)null,
            a.TryGetProperty("timestamp", out var at) ? at.GetInt64() : (long?)null,
            a.TryGetProperty("streak_length", out var streak) ? streak.GetInt32() : (int?)null)));
    }

    private static double[] Numbers(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(v => v.GetDouble())];
}
