using Garam.Platform.Alarms;

namespace Garam.Platform.Tests.Detection;

/// <summary>Sequences, absences, silences: what follows what, and what does not.</summary>
public sealed class Rules_over_time
{
    [Fact]
    public void A_sequence_raises_when_its_steps_follow_in_time_and_clears_when_it_is_over()
    {
        using var bed = new RuleBed("  - {id: arc-heat, type: correlation, sequence: [arcs > 0, t > 60], within: 10s, severity: high}\n");
        bed.Send(0, "\"t\":61,\"arcs\":0");
        bed.Send(1, "\"t\":20,\"arcs\":2");
        bed.Send(12, "\"t\":61,\"arcs\":0");
        bed.Said().ShouldBeEmpty();
        bed.Send(13, "\"t\":20,\"arcs\":1");
        bed.Send(20, "\"t\":61,\"arcs\":0");
        bed.Said().ShouldBe(["raise arc-heat d1 at 20s"]);
        bed.Send(31, "\"t\":20,\"arcs\":0");
        bed.Said().ShouldBe(["clear arc-heat d1 at 31s"]);
    }

    [Fact]
    public void An_absence_raises_by_the_next_reading_or_by_the_clock()
    {
        using var bed = new RuleBed("  - {id: stuck, type: correlation, after: t > 60, absent: t < 50, within: 10s, severity: high}\n");
        bed.Send(0, "\"t\":61");
        bed.Send(9, "\"t\":49");
        bed.Send(11, "\"t\":55");
        bed.Tick(30);
        bed.Said().ShouldBeEmpty();
        bed.Send(40, "\"t\":61");
        bed.Send(51, "\"t\":55");
        bed.Send(52, "\"t\":49");
        bed.Said().ShouldBe(["raise stuck d1 at 51s", "clear stuck d1 at 52s"]);
        bed.Send(60, "\"t\":61");
        bed.Tick(69);
        bed.Said().ShouldBeEmpty();
        bed.Tick(71);
        bed.Said().ShouldBe(["raise stuck d1 at 70s"]);
    }

    [Fact]
    public void A_silence_raises_by_the_clock_once_and_the_next_reading_ends_it()
    {
        using var bed = new RuleBed("  - {id: silent, type: anomaly, silence: 30s, severity: medium}\n");
        bed.Send(0, "\"t\":20");
        bed.Tick(29);
        bed.Said().ShouldBeEmpty();
        bed.Tick(30);
        bed.Tick(31);
        bed.Send(40, "\"t\":20");
        bed.Said().ShouldBe(["raise silent d1 at 30s", "clear silent d1 at 40s"]);
    }

    [Fact]
    public void A_device_that_never_speaks_again_after_a_restart_is_still_missed()
    {
        using var folder = new TemporaryFolder();
        const string silent = "  - {id: silent, type: anomaly, silence: 30s, severity: medium}\n";
        using var bed = new RuleBed(silent);
        DeviceId.TryParse("d9", out var id, out _).ShouldBeTrue();
        bed.Flow.Registry.Put(id, d => d with { ProductId = "box" });
        bed.Flow.Registry.TryGet("d9", out var entry).ShouldBeTrue();
        entry!.Seen(FlowBed.NowUs);
        bed.Flow.Flow.Devices.Await(entry);
        bed.Tick(31);
        bed.Said().ShouldBe(["raise silent d9 at 30s"]);
    }

    [Fact]
    public void A_disabled_device_is_not_missed_and_an_enabled_one_from_then_on()
    {
        using var bed = new RuleBed("  - {id: silent, type: anomaly, silence: 30s, severity: medium}\n");
        bed.Send(0, "\"t\":20");
        Disable(bed, isDisabled: true);
        bed.Tick(31);
        bed.Said().ShouldBeEmpty();

        Disable(bed, isDisabled: false);
        bed.Flow.Registry.TryGet("d1", out var entry).ShouldBeTrue();
        // The registry of the bed has a clock of its own.
        entry!.Enabled(FlowBed.NowUs + 100_000_000);
        bed.Tick(129);
        bed.Said().ShouldBeEmpty();
        bed.Tick(130);
        bed.Said().ShouldBe(["raise silent d1 at 130s"]);
    }

    [Fact]
    public void Devices_of_a_site_raise_one_alarm_together()
    {
        using var bed = new RuleBed("  - {id: cluster, type: correlation, across: site, within: 2m, when: devices(t > 60) >= 2, severity: critical, message: {en: \"{devices(t > 60)} devices\"}}\n");
        foreach (var (device, site) in new[] { ("d1", "s1"), ("d2", "s1"), ("d3", "s2"), ("d4", (string?)null) })
        {
            DeviceId.TryParse(device, out var id, out _).ShouldBeTrue();
            bed.Flow.Registry.Put(id, d => d with { ProductId = "box", SiteId = site });
        }

        bed.Send(0, "\"t\":61", "d1");
        bed.Send(1, "\"t\":61", "d3");
        bed.Send(2, "\"t\":61", "d4");
        bed.Said().ShouldBeEmpty();
        bed.Send(60, "\"t\":70", "d2");
        var raise = bed.Raised();
        raise.Devices.ShouldBe(["d1", "d2"]);
        raise.Texts.MessageEn.ShouldBe("2 devices");
        raise.DeviceId.ShouldBe("d2");
        bed.Said().ShouldBe(["raise cluster site:s1 at 60s"]);
        bed.Send(130, "\"t\":20", "d2");
        bed.Said().ShouldBe(["clear cluster site:s1 at 130s"]);
    }

    [Fact]
    public void A_trial_judges_its_share_of_the_devices_and_says_which_arm_raised()
    {
        using var bed = new RuleBed("  - {id: hot, type: threshold, when: t > 60, severity: high}\n");
        bed.Use("  - {id: hot, type: threshold, when: t > 60, severity: high}\n", trial: "  - {id: hot, type: threshold, when: t > 40, severity: high}\n");
        for (var i = 0; i < 40; i++)
            bed.Send(i, "\"t\":50", $"dev-{i}");
        var tried = bed.Flow.Flow.Detect.Alarms.Signals.OfType<AlarmRaise>().ToList();
        tried.Count.ShouldBeInRange(10, 30);
        tried.ShouldAllBe(r => r.Arm == "b" && r.RulesetVersion == 2);
        var trial = bed.Flow.Setting.Rulesets[0].Trial!;
        tried.Select(r => r.DeviceId).ShouldBe(Enumerable.Range(0, 40).Select(i => $"dev-{i}").Where(trial.Covers));
    }

    [Fact]
    public void Overrides_go_device_before_site_before_customer()
    {
        using var bed = new RuleBed("""
              - id: hot
                type: threshold
                when: t > 80
                severity: high
                overrides:
                  - {customer: hospital, when: t > 75, severity: critical}
                  - {site: ward, when: t > 70}
                  - {device: d1, when: t > 90}

            """);
        bed.Flow.Registry.Put(new Site("ward", "hospital", null));
        bed.Flow.Registry.Put(new Site("lobby", "hospital", null));
        foreach (var (device, site) in new[] { ("d1", "ward"), ("d2", "ward"), ("d3", "lobby"), ("d4", "elsewhere") })
        {
            DeviceId.TryParse(device, out var id, out _).ShouldBeTrue();
            bed.Flow.Registry.Put(id, d => d with { ProductId = "box", SiteId = site });
        }

        foreach (var device in new[] { "d1", "d2", "d3", "d4" })
            bed.Send(0, "\"t\":78", device);
        bed.Flow.Flow.Detect.Alarms.Signals.OfType<AlarmRaise>().Select(r => (r.DeviceId, r.Severity))
            .ShouldBe([("d2", Severity.High), ("d3", Severity.Critical)]);
    }

    private static void Disable(RuleBed bed, bool isDisabled)
    {
        DeviceId.TryParse("d1", out var id, out _).ShouldBeTrue();
        bed.Flow.Registry.Put(id, d => d with { DisabledUs = isDisabled ? 1 : null });
    }
}
