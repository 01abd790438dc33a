using System.Text;
using Garam.Platform.Alarms;

namespace Garam.Platform.Tests.Detection;

/// <summary>What rules remember when the program or the rules change.</summary>
public sealed class Rules_through_changes
{
    private const string Windowed = "  - {id: jump, type: anomaly, when: \"count(t, 10m) >= 5 and t > avg(t, 10m) + 20\", severity: high}\n";

    [Fact]
    public void Windows_are_full_again_after_a_restart()
    {
        using var folder = new TemporaryFolder();
        using (var before = new RuleBed(Windowed, folder: folder))
        {
            for (var i = 0; i < 10; i++)
                before.Send(i * 10, "\"t\":20");
            Commit(before);
        }

        using var after = new RuleBed(Windowed, folder: folder);
        after.Send(100, "\"t\":60");
        after.Said().ShouldBe(["raise jump d1 at 100s"]);
    }

    [Fact]
    public void A_for_that_had_begun_before_a_restart_goes_on()
    {
        using var folder = new TemporaryFolder();
        const string rule = "  - {id: hot, type: threshold, when: t > 60, for: 60s, severity: high}\n";
        using (var before = new RuleBed(rule, folder: folder))
        {
            before.Send(0, "\"t\":20");
            before.Send(10, "\"t\":70");
            before.Send(50, "\"t\":70");
            Commit(before);
        }

        using var after = new RuleBed(rule, folder: folder);
        after.Send(69, "\"t\":70");
        after.Said().ShouldBeEmpty();
        after.Send(70, "\"t\":70");
        after.Said().ShouldBe(["raise hot d1 at 70s"]);
    }

    [Fact]
    public void An_alarm_that_lasted_is_neither_raised_again_nor_forgotten()
    {
        using var folder = new TemporaryFolder();
        const string rule = "  - {id: hot, type: threshold, when: t > 60, severity: high}\n";
        var key = new AlarmKey("box", "hot", "d1");
        using var after = new RuleBed(rule, folder: folder, lasting: new() { [key] = new LastingAlarm(key, 5, 8, FlowBed.NowUs, FlowBed.NowUs, 4, 90) });
        after.Send(0, "\"t\":70", position: 9);
        after.Said().ShouldBe(["count 5 worst 90 hot d1 at 0s"]);
        after.Send(1, "\"t\":20", position: 10);
        after.Said().ShouldBe(["clear hot d1 at 1s"]);
    }

    [Fact]
    public void The_stored_past_before_an_alarm_does_not_end_it_after_a_restart()
    {
        using var folder = new TemporaryFolder();
        const string rules = """
              - {id: hot, type: threshold, when: t > 60, severity: high}
              - {id: long, type: threshold, when: h > 90, for: 60s, severity: high}

            """;
        using (var before = new RuleBed(rules, folder: folder))
        {
            before.Send(0, "\"t\":20,\"h\":10");
            before.Send(10, "\"t\":70,\"h\":10");
            Commit(before);
        }

        var key = new AlarmKey("box", "hot", "d1");
        var at = FlowBed.NowUs + 10_000_000;
        using var after = new RuleBed(rules, folder: folder, lasting: new() { [key] = new LastingAlarm(key, 1, 1, at, at, 1, 70) });
        after.Send(11, "\"t\":71,\"h\":10", position: 2);
        after.Flow.Flow.Detect.Report(FlowBed.NowUs);
        after.Said().ShouldNotContain("raise hot d1 at 11s");
        after.Send(12, "\"t\":20,\"h\":10", position: 3);
        after.Said().ShouldBe(["clear hot d1 at 12s"]);
    }

    [Fact]
    public void A_window_that_a_changed_rule_brings_is_full_at_once()
    {
        using var bed = new RuleBed("  - {id: hot, type: threshold, when: t > 1000, severity: high}\n");
        for (var i = 0; i < 5; i++)
            bed.Send(i, "\"t\":20");
        bed.Use(Windowed);
        bed.Send(5, "\"t\":60");
        bed.Said().ShouldBe(["raise jump d1 at 5s"]);
    }

    [Fact]
    public void A_for_goes_on_when_another_rule_changes()
    {
        const string hot = "  - {id: hot, type: threshold, when: t > 60, for: 10s, severity: high}\n";
        using var bed = new RuleBed(hot);
        bed.Send(0, "\"t\":70");
        bed.Use("  - {id: new, type: threshold, when: h > 90, severity: low}\n" + hot);
        bed.Send(10, "\"t\":70");
        bed.Said().ShouldBe(["raise hot d1 at 10s"]);
    }

    [Fact]
    public void A_changed_limit_forgets_no_window_and_ends_no_alarm_that_it_still_finds()
    {
        using var bed = new RuleBed(Windowed);
        for (var i = 0; i < 5; i++)
            bed.Send(i, "\"t\":20");
        bed.Send(5, "\"t\":60");
        bed.Said().ShouldBe(["raise jump d1 at 5s"]);
        bed.Use(Windowed.Replace("+ 20", "+ 15", StringComparison.Ordinal));
        bed.Send(5.5, "\"t\":60");
        bed.Said().ShouldBeEmpty();
        bed.Send(7, "\"t\":20");
        bed.Said().ShouldBe(["clear jump d1 at 7s"]);
    }

    [Fact]
    public void An_alarm_of_a_rule_that_is_gone_is_cleared_by_the_devices_next_reading()
    {
        using var bed = new RuleBed("  - {id: hot, type: threshold, when: t > 60, severity: high}\n");
        bed.Send(0, "\"t\":61");
        bed.Said().Length.ShouldBe(1);
        bed.Use("  - {id: other, type: threshold, when: t > 60, severity: high}\n");
        bed.Send(1, "\"t\":61");
        bed.Said().ShouldBe(["clear hot d1 at 0s (rule-changed)", "raise other d1 at 1s"]);
    }

    [Fact]
    public void A_device_that_alternates_between_products_keeps_the_windows_of_each()
    {
        using var bed = new RuleBed(Windowed);
        for (var i = 0; i < 6; i++)
        {
            bed.Send(i, "\"t\":20");
            bed.Flow.Send("{\"other\":1}", "d1", "json", receivedUs: FlowBed.NowUs + (i * 1_000_000) + 7);
        }

        bed.Send(7, "\"t\":60");
        bed.Said().ShouldBe(["raise jump d1 at 7s"]);
    }

    [Fact]
    public void Rules_allocate_nothing_for_a_reading_that_changes_no_alarm()
    {
        var rules = new StringBuilder();
        for (var i = 0; i < 30; i++)
            rules.Append($"  - {{id: r{i}, type: threshold, when: t > {1000 + i}, for: 10s, severity: high}}\n");
        for (var i = 0; i < 10; i++)
            rules.Append($"  - {{id: w{i}, type: anomaly, when: \"t > avg(t, {i + 1}m) + 2 * stddev(t, {i + 1}m) + 1000\", severity: high}}\n");
        using var bed = new RuleBed(rules.ToString());
        using var bare = new RuleBed("  - {id: none, type: threshold, when: arcs > 5, enabled: false, severity: high}\n");
        var with = Allocated(bed);
        var without = Allocated(bare);
        // Counted in steps of the allocator's 8 KB; one object for each of the 5,000 readings would be 120 KB.
        (with - without).ShouldBeLessThan(20_000, $"{with} bytes with rules, {without} without");
    }

    private static long Allocated(RuleBed bed)
    {
        byte[] record = [.. RawRecord.Header(Protocol.Mqtt, RouteKind.Telemetry, "a"u8, default, "box"u8, default, "topic"u8), .. "{\"t\":21.5,\"h\":40}"u8];
        Flow(20_000, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Flow(5_000, 20_000);
        return GC.GetAllocatedBytesForCurrentThread() - before;

        void Flow(int messages, long from)
        {
            for (var i = 0; i < messages; i++)
            {
                RawRecord.Stamp(record, ManualTime.StartUs + ((from + i) * 100_000));
                RawRecord.TryRead(record, out var raw);
                bed.Flow.Flow.Run(raw, from + i);
            }
        }
    }

    private static void Commit(RuleBed bed) => bed.Flow.Store.BeginCommit(default).CompleteAsync().GetAwaiter().GetResult();
}
