using Garam.Packs.Fire.Analytics;
using Garam.Packs.Fire.Dashboard;

namespace Garam.Packs.Tests.Fire;

/// <summary>The rest of the document's part 3: what its queries say, and what it leaves open.</summary>
public sealed class Stream_analysis
{
    private const long Minute = 60_000_000;

    private static readonly FireSample Usual = new(0, 30, 0.1, 0, 5, 220, 5, 50, 0.95, 1.045, 1, 0, 0);

    [Fact]
    public void A_measurement_out_of_its_usual_range_is_an_anomaly_and_only_the_temperature_s_is_severe()
    {
        SensorAnomaly.In(Usual).ShouldBeEmpty();
        SensorAnomaly.In(Usual with { Temperature = 60, Voc = 500, CarbonMonoxide = 20, Current = 5 }).ShouldBeEmpty("limits belong to the range");

        SensorAnomaly.In(Usual with { Temperature = 19.9, CarbonMonoxide = 20.1, Voc = 501, Voltage = double.NaN, Power = double.NaN })
            .Select(a => (a.Sensor, a.Type, a.Severity)).ShouldBe(
            [("temperature", "RANGE_VIOLATION", "HIGH"), ("co_gas", "RANGE_VIOLATION", "MEDIUM"), ("voc", "RANGE_VIOLATION", "MEDIUM")]);
    }

    [Fact]
    public void The_power_is_compared_in_watts()
    {
        SensorAnomaly.In(Usual with { Power = 1.045 * 1.19 }).ShouldBeEmpty();

        var mismatch = SensorAnomaly.In(Usual with { Power = 1.045 * 1.21 }).ShouldHaveSingleItem();
        (mismatch.Sensor, mismatch.Type).ShouldBe(("power_consistency", "CALCULATION_MISMATCH"));
        mismatch.Calculated!.Value.ShouldBe(1045, 1e-9);
    }

    [Theory]
    [InlineData(0.2, 0, "RISING")]
    [InlineData(0, 0.02, "RISING")]
    [InlineData(-0.2, 0, "FALLING")]
    [InlineData(0.2, -0.02, "MIXED")]
    [InlineData(0.1, 0.01, "STABLE")]
    public void The_overall_trend_is_where_one_goes_and_the_other_does_not_go_against_it(double temperature, double risk, string trend) =>
        TemporalPattern.Overall(temperature, risk).ShouldBe(trend);

    [Fact]
    public void A_steady_rise_is_explained_wholly_by_its_line_and_nine_readings_are_too_few()
    {
        var rise = Enumerable.Range(0, 30).Select(i => Usual with { TimeUs = i * Minute, Temperature = 30 + i, Risk = 0.01 * i }).ToList();

        var pattern = TemporalPattern.Of(rise);
        (pattern.Trend, pattern.DataPoints).ShouldBe(("RISING", 30));
        pattern.TemperatureTrend.ShouldBe(1, 1e-9);
        pattern.TemperatureVelocity.ShouldBe(1, 1e-9);
        pattern.Confidence.ShouldBe(1, 1e-9);
        TemporalPattern.Of(rise[..9]).Trend.ShouldBe("INSUFFICIENT_DATA");
    }

    [Fact]
    public void Five_minutes_are_summed_up_by_the_clock_with_the_deviation_of_a_sample()
    {
        FireSample[] samples =
        [
            Usual with { TimeUs = 1 * Minute, Temperature = 20, Arcs = 2, Risk = 0.2 }, Usual with { TimeUs = 4 * Minute, Temperature = 30, Arcs = 1, Risk = 0.4 },
            Usual with { TimeUs = 5 * Minute, Temperature = 50 },
        ];

        var windows = FiveMinutes.Of(samples);

        windows.Count.ShouldBe(2);
        windows[0].ShouldBe(new FiveMinutes(5 * Minute, 25, 30, 20, windows[0].TemperatureDeviation, windows[0].AverageRisk, 0.4, 3, 5, 5, 2));
        windows[0].TemperatureDeviation.ShouldBe(Math.Sqrt(50), 1e-9);
        windows[0].AverageRisk.ShouldBe(0.3, 1e-12);
        double.IsNaN(windows[1].TemperatureDeviation).ShouldBeTrue();
    }

    [Theory]
    [InlineData(11, "HIGH_FREQUENCY")]
    [InlineData(10, "MODERATE")]
    [InlineData(5, "LOW")]
    [InlineData(0, "NONE")]
    public void Arcs_of_ten_minutes_have_the_document_s_names(double arcs, string pattern)
    {
        var window = ArcWindow.Of([Usual with { TimeUs = 0, Arcs = 99 }, Usual with { TimeUs = 5 * Minute, Arcs = arcs }, Usual with { TimeUs = 9 * Minute }], 10 * Minute);

        (window.Pattern, window.TotalArcs, window.Events).ShouldBe((pattern, arcs, arcs > 0 ? 1 : 0));
    }

    [Fact]
    public void Devices_pair_within_two_minutes_when_one_is_at_risk()
    {
        DeviceState Of(string id, long timeUs, double risk, double temperature) => new(id, timeUs, "HIGH", risk, risk, temperature, 0, 0, 0);

        DevicePair.Of(Of("a", 0, 0.8, 70), Of("b", 2 * Minute, 0.75, 65))!.Type.ShouldBe("HIGH_RISK_CLUSTER");
        DevicePair.Of(Of("a", 0, 0.8, 70), Of("b", 0, 0.2, 45))!.Type.ShouldBe("TEMP_DIVERGENCE");
        DevicePair.Of(Of("a", 0, 0.6, 50), Of("b", 0, 0.2, 45))!.Type.ShouldBe("NORMAL");
        DevicePair.Of(Of("a", 0, 0.8, 70), Of("b", (2 * Minute) + 1, 0.75, 65)).ShouldBeNull();
        DevicePair.Of(Of("a", 0, 0.5, 70), Of("b", 0, 0.5, 20)).ShouldBeNull();
    }

    [Fact]
    public void Correlation_is_pearson_s_and_says_nothing_of_what_does_not_move()
    {
        Dictionary<long, double> Minutes(params double[] values) => values.Select((v, i) => (i, v)).ToDictionary(p => p.i * Minute, p => p.v);

        Correlation.Of(Minutes(1, 2, 3, 4), Minutes(10, 20, 30, 40)).ShouldBe(1, 1e-12);
        Correlation.Of(Minutes(1, 2, 3, 4), Minutes(4, 3, 2, 1)).ShouldBe(-1, 1e-12);
        double.IsNaN(Correlation.Of(Minutes(1, 2, 3), Minutes(5, 5, 5))).ShouldBeTrue();
        double.IsNaN(Correlation.Of(Minutes(1, 2), Minutes(5, 6))).ShouldBeTrue();
    }

    [Fact]
    public void Two_devices_at_high_risk_are_a_cluster_and_one_is_a_warning()
    {
        ClusterRisk.Of([("a", 0.71), ("b", 0.9), ("c", 0.1)]).ShouldSatisfyAllConditions(
            c => c.Level.ShouldBe("HIGH_RISK_CLUSTER"), c => c.HighRiskDevices.ShouldBe(["a", "b"]), c => c.MaxRisk.ShouldBe(0.9));
        ClusterRisk.Of([("a", 0.7), ("b", 0.9)]).Level.ShouldBe("ELEVATED");
        ClusterRisk.Of([("a", 0.1), ("b", double.NaN)]).Level.ShouldBe("NORMAL");
    }

    [Fact]
    public void Recommendations_are_the_document_s_with_its_priorities_and_actions()
    {
        Recommendation.For(0.71, 60.1, 11, [.. Enumerable.Repeat(0.0, 5), .. Enumerable.Repeat(0.6, 10)], korean: true).ShouldBe(
        [
            new("HIGH", "IMMEDIATE_INSPECTION", "즉시 현장 점검이 필요합니다.", "INSPECT"),
            new("HIGH", "COOLING_CHECK", "냉각 시스템 점검 및 환기 확인이 필요합니다.", "MAINTENANCE"),
            new("MEDIUM", "ALARM_ANALYSIS", "반복적인 알람 발생 원인 분석이 필요합니다.", "ANALYZE"),
            new("MEDIUM", "ELECTRICAL_CHECK", "전기 연결부 및 절연 상태 점검을 권장합니다.", "MAINTENANCE"),
        ]);
        Recommendation.For(0.7, 60, 10, [.. Enumerable.Repeat(9.0, 5), .. Enumerable.Repeat(0.0, 10)], korean: true).ShouldBeEmpty();
        Recommendation.For(0.1, 20, 0, [.. Enumerable.Repeat(9.0, 10)], korean: true).ShouldBeEmpty("ten readings are not more than ten");
    }

    [Fact]
    public void Messages_are_counted_by_five_minutes_of_the_last_hour()
    {
        var rates = new MessageRates();
        rates.Sample(0, 100, 90);
        rates.Sample(1 * Minute, 110, 100);
        rates.Sample(6 * Minute, 150, 150);
        rates.Hour(7 * Minute).ShouldBe([(0, 10, 10), (5 * Minute, 40, 50)]);

        for (var minute = 7; minute <= 120; minute++)
            rates.Sample(minute * Minute, 150 + minute, 150);
        rates.Hour(120 * Minute).Count.ShouldBe(12);
    }
}
