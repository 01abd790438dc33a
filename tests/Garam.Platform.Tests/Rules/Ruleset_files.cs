using Garam.Platform.Alarms;
using Garam.Platform.Rules;

namespace Garam.Platform.Tests.Rules;

/// <summary>What a ruleset's file says, read.</summary>
public sealed class Ruleset_files
{
    internal const string Whole = """
        ruleset: fire-detector
        product: fire-detector
        version: 3
        title: {en: Fire, ko: 화재}
        allowed_lateness: 2m
        rules:
          - id: overheating
            title: Too hot
            type: threshold
            when: max(pcb_temperature, sensor_temperature) > 60
            for: 10s
            clear: "max(pcb_temperature, sensor_temperature) < 55"
            severity: critical
            message: {en: "Hot: {pcb_temperature:0.0} °C", ko: '고온: {pcb_temperature}°C'}
            advice:
              en: [Switch it off., Call the electrician.]
              ko: 전원을 차단하십시오.
            then: [notify, queue]
            texts: fire
            value: pcb_temperature
            overrides:
              - {site: seoul-1, when: pcb_temperature > 75, clear: pcb_temperature < 70}
              - {customer: hospital, severity: high, for: 0s}
              - device: d-1
                enabled: false
          - id: cluster
            type: correlation
            across: site
            within: 2m
            when: devices(risk_score > 0.7) >= 2
            severity: critical
          - {id: after-arc, type: correlation, sequence: [arc_count > 0, sensor_temperature > 50], within: 5m, severity: high}
          - {id: no-answer, type: correlation, after: valve_open, absent: flow > 1, within: 30s, severity: medium}
          - {id: silent, type: anomaly, silence: 5m, severity: low, then: log}
          - {id: rush-hour, type: anomaly, detector: seasonal, metric: current, limit: 3, minimum: 7, time_zone: Asia/Seoul, severity: low}
          - {id: expected, type: predictive, model: fire-risk, when: probability >= 0.8, severity: critical, enabled: false}
        """;

    [Fact]
    public void Every_key_is_read()
    {
        var set = Read(Whole);

        (set.Id, set.ProductId, set.Version, set.AllowedLateness, set.TitleEn, set.TitleKo)
            .ShouldBe(("fire-detector", "fire-detector", 3, TimeSpan.FromMinutes(2), "Fire", "화재"));
        var hot = set.Rules[0];
        (hot.Id, hot.Type, hot.Line, hot.TitleEn, hot.TitleKo, hot.Texts, hot.FollowUp).ShouldBe(
            ("overheating", RuleType.Threshold, 7, "Too hot", "Too hot", "fire", FollowUp.Notify | FollowUp.Queue));
        (hot.Condition.For, hot.Condition.Severity, hot.Value!.Text).ShouldBe((TimeSpan.FromSeconds(10), Severity.Critical, "pcb_temperature"));
        hot.Condition.MessageKo!.Text.ShouldBe("고온: {pcb_temperature}°C");
        hot.AdviceEn.ShouldBe(["Switch it off.", "Call the electrician."]);
        hot.AdviceKo.ShouldBe(["전원을 차단하십시오."]);
        hot.Overrides.Select(o => (o.Site, o.Customer, o.Device)).ShouldBe([("seoul-1", null, null), (null, "hospital", null), (null, null, "d-1")]);
        (hot.Overrides[1].Condition.Severity, hot.Overrides[1].Condition.For, hot.Overrides[2].Condition.Enabled).ShouldBe((Severity.High, TimeSpan.Zero, false));
        (set.Rules[1].Across, set.Rules[1].Within).ShouldBe((RuleScope.Site, TimeSpan.FromMinutes(2)));
        set.Rules[2].Sequence.Select(s => s.Text).ShouldBe(["arc_count > 0", "sensor_temperature > 50"]);
        (set.Rules[3].After!.Text, set.Rules[3].Absent!.Text).ShouldBe(("valve_open", "flow > 1"));
        (set.Rules[4].Silence, set.Rules[4].FollowUp).ShouldBe((TimeSpan.FromMinutes(5), FollowUp.Log));
        set.Rules[5].Seasonal.ShouldBe(new Seasonal("current", 3, 7, "Asia/Seoul"));
        (set.Rules[6].Model, set.Rules[6].Condition.Enabled).ShouldBe(("fire-risk", false));
    }

    [Fact]
    public void Expressions_and_messages_know_where_they_stand()
    {
        var lines = Whole.Split('\n');
        var hot = Read(Whole).Rules[0];
        foreach (var text in (RuleText[])[hot.Condition.When!, hot.Condition.Clear!, hot.Condition.MessageEn!, hot.Condition.MessageKo!, hot.Value!, hot.Overrides[0].Condition.Clear!])
        {
            text.IsVerbatim.ShouldBeTrue(text.Text);
            lines[text.Line - 1][(text.Column - 1)..].ShouldStartWith(text.Text);
        }
    }

    [Fact]
    public void A_folded_expression_has_the_place_where_it_begins()
    {
        var set = Read("""
            ruleset: a
            product: p
            rules:
              - id: r
                type: threshold
                severity: low
                when: >-
                  temperature > 60
                  and humidity < 20
                message: "a \"quoted\" {temperature}"
            """);

        var when = set.Rules[0].Condition.When!;
        (when.Text, when.Line, when.Column, when.IsVerbatim).ShouldBe(("temperature > 60 and humidity < 20", 7, 11, false));
        when.Place(20).ShouldBe((7, 11));
        set.Rules[0].Condition.MessageEn!.IsVerbatim.ShouldBeFalse();
    }

    [Theory]
    [InlineData("zscore, window: 1h, limit: 3", "abs(t - avg(t, 3600s)) > 3 * stddev(t, 3600s) and count(t, 3600s) >= 30")]
    [InlineData("robust_zscore, window: 30m, limit: 3.5, minimum: 50",
        "abs(t - median(t, 1800s)) > 3.5 * (percentile(t, 75, 1800s) - percentile(t, 25, 1800s)) / 1.349 and percentile(t, 75, 1800s) > percentile(t, 25, 1800s) and count(t, 1800s) >= 50")]
    [InlineData("rate_of_change, window: 2m, limit: 0.5", "abs(rate(t, 120s)) > 0.5 and count(t, 120s) >= 2")]
    [InlineData("flat_line, window: 10m, minimum: 20", "max(t, 600s) - min(t, 600s) <= 0 and count(t, 600s) >= 20")]
    public void A_detector_is_a_condition_of_the_language(string detector, string condition)
    {
        var rule = Read(Rule($"type: anomaly, severity: low, metric: t, detector: {detector}")).Rules[0];

        rule.Condition.When!.Text.ShouldBe(condition);
        Garam.Expressions.Expression.Parse(condition).Errors.ShouldBeEmpty();
    }

    [Fact]
    public void A_metric_of_an_unusual_name_goes_between_backticks() =>
        Read(Rule("type: anomaly, severity: low, metric: pcb-temp, detector: rate_of_change, window: 1m, limit: 1")).Rules[0]
            .Condition.When!.Text.ShouldBe("abs(rate(`pcb-temp`, 60s)) > 1 and count(`pcb-temp`, 60s) >= 2");

    [Fact]
    public void A_message_in_one_language_leaves_the_other_open_and_a_plain_one_stands_for_both()
    {
        Read(Rule("type: threshold, when: a > 1, severity: low, message: {ko: '온도'}")).Rules[0].Condition.MessageEn.ShouldBeNull();
        Read(Rule("type: threshold, when: a > 1, severity: low, message: warm")).Rules[0].Condition.MessageKo!.Text.ShouldBe("warm");
    }

    internal static string Rule(string keys) => $"ruleset: a\nproduct: p\nrules:\n  - {{id: r, {keys}}}\n";

    private static RulesetDefinition Read(string text)
    {
        var result = RulesetFile.Parse(text, "a.yaml");
        result.Problems.ShouldBeEmpty();
        return result.Definition.ShouldNotBeNull();
    }
}
