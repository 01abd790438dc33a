using Garam.Platform.Alarms;

namespace Garam.Platform.Tests.Detection;

/// <summary>One rule on one device: when it raises, counts and clears.</summary>
public sealed class Rule_states
{
    private const string Hot = "  - {id: hot, type: threshold, when: t > 60, severity: high}\n";

    [Fact]
    public void A_condition_raises_once_and_clears_when_it_holds_no_more()
    {
        using var bed = new RuleBed(Hot);
        bed.Send(0, "\"t\":20");
        bed.Send(1, "\"t\":61");
        bed.Send(1.5, "\"t\":62");
        bed.Send(2, "\"t\":59");
        bed.Said().ShouldBe(["raise hot d1 at 1s", "clear hot d1 at 2s"]);
    }

    [Fact]
    public void A_reading_that_lacks_the_metric_ends_nothing()
    {
        using var bed = new RuleBed("  - {id: both, type: threshold, when: t > 60 or h > 90, severity: high}\n");
        bed.Send(0, "\"t\":61");
        bed.Send(1, "\"arcs\":1");
        bed.Send(2, "\"h\":10");
        bed.Said().ShouldBe(["raise both d1 at 0s"]);
        bed.Send(3, "\"h\":10,\"t\":20");
        bed.Said().ShouldBe(["clear both d1 at 3s"]);
    }

    [Fact]
    public void For_is_event_time_and_starts_anew_when_the_condition_is_interrupted()
    {
        using var bed = new RuleBed("  - {id: hot, type: threshold, when: t > 60, for: 10s, severity: high}\n");
        bed.Send(0, "\"t\":61");
        bed.Send(9, "\"t\":61");
        bed.Send(9.5, "\"t\":50");
        bed.Send(10, "\"t\":61");
        bed.Send(19.9, "\"t\":61");
        bed.Said().ShouldBeEmpty();
        bed.Send(20, "\"t\":61");
        bed.Raised().SinceUs.ShouldBe(FlowBed.NowUs + 10_000_000);
        bed.Said().ShouldBe(["raise hot d1 at 20s"]);
    }

    [Fact]
    public void Clear_and_hysteresis_hold_an_alarm_longer()
    {
        using var bed = new RuleBed("""
              - {id: clear, type: threshold, when: t > 60, clear: t < 55, severity: high}
              - {id: back, type: threshold, when: t > 60, hysteresis: 10, severity: high}

            """);
        bed.Send(0, "\"t\":61");
        bed.Send(1, "\"t\":57");
        bed.Said().ShouldBe(["raise clear d1 at 0s", "raise back d1 at 0s"]);
        bed.Send(2, "\"t\":54");
        bed.Send(3, "\"t\":50");
        bed.Said().ShouldBe(["clear clear d1 at 2s", "clear back d1 at 3s"]);
    }

    [Fact]
    public void The_count_and_the_worst_value_are_told_about_once_a_second()
    {
        using var bed = new RuleBed(Hot);
        for (var i = 0; i <= 20; i++)
            bed.Send(i * 0.1, $"\"t\":{61 + i}");
        bed.Said().ShouldBe(["raise hot d1 at 0s", "count 11 worst 71 hot d1 at 1s", "count 21 worst 81 hot d1 at 2s"]);
        bed.Send(2.1, "\"t\":70");
        bed.Flow.Flow.Detect.Report(FlowBed.NowUs);
        bed.Said().ShouldBe(["count 22 worst 81 hot d1 at 2.1s"]);
    }

    [Fact]
    public void A_message_that_the_log_gives_again_is_not_counted_again()
    {
        using var bed = new RuleBed(Hot, lasting: new()
        {
            [new AlarmKey("box", "hot", "d1")] = new LastingAlarm(new AlarmKey("box", "hot", "d1"), 10, 12, FlowBed.NowUs, FlowBed.NowUs, 3, 70),
        });
        // Position 9 was before the raise: its low value must not end what came after it.
        bed.Send(0, "\"t\":20", position: 9);
        bed.Send(1, "\"t\":61", position: 10);
        bed.Send(2, "\"t\":71", position: 12);
        bed.Flow.Flow.Detect.Report(FlowBed.NowUs);
        bed.Said().ShouldBeEmpty();
        bed.Send(3, "\"t\":71", position: 13);
        bed.Flow.Flow.Detect.Report(FlowBed.NowUs);
        bed.Said().ShouldBe(["count 4 worst 71 hot d1 at 3s"]);
    }

    [Fact]
    public void A_reading_older_than_the_newest_judged_decides_nothing()
    {
        using var bed = new RuleBed(Hot);
        bed.Send(10, "\"t\":61");
        bed.Send(5, "\"t\":20");
        bed.Said().ShouldBe(["raise hot d1 at 10s"]);
    }

    [Fact]
    public void Division_by_zero_and_a_metric_that_never_comes_raise_nothing()
    {
        using var bed = new RuleBed("""
              - {id: ratio, type: threshold, when: t / h > 1, severity: high}
              - {id: never, type: threshold, when: arcs > 0, severity: high}

            """);
        bed.Send(0, "\"t\":5,\"h\":0");
        bed.Said().ShouldBeEmpty();
    }

    [Fact]
    public void A_raise_says_what_happened()
    {
        using var bed = new RuleBed("""
              - {id: hot, type: threshold, when: t > 60, severity: critical, message: {en: "Hot: {t:0.0} °C in {mode}", ko: "고온 {t:0.0}°C"}, advice: {en: [Cool it.], ko: [냉각하십시오.]}}

            """);
        bed.Send(0, "\"t\":61.25,\"mode\":\"auto\",\"door\":true", position: 77);
        var raise = bed.Raised();
        raise.Texts.MessageEn.ShouldBe("Hot: 61.3 °C in auto");
        raise.Texts.MessageKo.ShouldBe("고온 61.3°C");
        raise.Texts.AdviceKo.ShouldBe(["냉각하십시오."]);
        (raise.Position, raise.Value, raise.ValueOf, raise.Severity, raise.RulesetVersion).ShouldBe((77L, 61.25, "t", Severity.Critical, 1));
        raise.FollowUp.ShouldBe(FollowUp.Action | FollowUp.Notify);
        raise.Snapshot.Select(r => r.Metric).ShouldBe(["t", "door", "mode"]);
    }
}
