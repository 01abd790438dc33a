namespace Garam.Packs.Tests.Fire;

public sealed class Risk_of_a_reading
{
    private const long Second = 1_000_000;

    [Fact]
    public void The_documents_normal_record_has_the_least_risk()
    {
        var derived = new RiskBed().Derive(RiskBed.StartUs, RiskBed.Normal);

        derived["total_risk_score"].Number.ShouldBe(0.1 * 0.4);
        derived["risk_level"].Text.ShouldBe("NORMAL");
        derived["temperature"].Number.ShouldBe(37);
        derived["missing_inputs"].Number.ShouldBe(0);
    }

    [Fact]
    public void The_documents_hot_record_scores_two_fifths_by_its_formula_though_its_test_asks_for_more_than_a_half()
    {
        // docs/decisions/0005: 1.0 * 0.4 and nothing else is wrong.
        var derived = new RiskBed().Derive(RiskBed.StartUs, RiskBed.NormalWith(("pcb_temperature", 70), ("sensor_temperature", 72), ("status_bits", 192)));

        derived["temperature_score"].Number.ShouldBe(1.0);
        derived["total_risk_score"].Number.ShouldBe(0.4);
        derived["status_risk"].Number.ShouldBe(0.6);
    }

    [Fact]
    public void The_record_of_the_documents_end_to_end_test_is_low()
    {
        var derived = new RiskBed().Derive(RiskBed.StartUs, new Dictionary<string, double>
        {
            ["status_bits"] = 2048, ["voltage"] = 225, ["voltage_low"] = 225, ["current"] = 15, ["leakage_current"] = 2, ["resistive_leakage"] = 1.5,
            ["power"] = 3.375, ["pcb_temperature"] = 55, ["sensor_temperature"] = 58, ["co_gas"] = 12, ["voc"] = 200, ["power_factor"] = 0.92, ["arc_count"] = 3,
        });

        derived["total_risk_score"].Number.ShouldBe(0.43, 1e-12);
        derived["risk_score"].Number.ShouldBe(0.249, 1e-12);
        derived["risk_level"].Text.ShouldBe("LOW");
        derived["total_alarm_count"].Number.ShouldBe(1);
    }

    [Fact]
    public void A_failed_link_to_the_sensors_is_a_status_risk_of_four_fifths_and_its_other_bits_still_count_as_alarms()
    {
        var derived = new RiskBed().Derive(RiskBed.StartUs, RiskBed.NormalWith(("status_bits", 4096 + 4 + 8)));

        derived["status_risk"].Number.ShouldBe(0.8);
        derived["total_alarm_count"].Number.ShouldBe(2);
        derived["electrical_risk_score"].Number.ShouldBe(0.45);
    }

    [Fact]
    public void A_lost_temperature_sensor_does_not_hide_a_fire()
    {
        var record = RiskBed.NormalWith(("pcb_temperature", 75), ("status_bits", 64));
        record.Remove("sensor_temperature");

        var derived = new RiskBed().Derive(RiskBed.StartUs, record);

        derived["temperature"].Number.ShouldBe(75);
        derived["temperature_score"].Number.ShouldBe(1);
        derived["risk_score"].Number.ShouldBeGreaterThan(0.2);
        derived["missing_inputs"].Number.ShouldBe(1);
    }

    [Fact]
    public void Without_a_status_or_any_temperature_there_is_no_total_and_no_final_risk()
    {
        foreach (var lost in new[] { new[] { "status_bits" }, ["pcb_temperature", "sensor_temperature"] })
        {
            var record = RiskBed.Normal;
            foreach (var metric in lost)
                record.Remove(metric);

            var derived = new RiskBed().Derive(RiskBed.StartUs, record);

            derived.Keys.ShouldNotContain("total_risk_score");
            derived.Keys.ShouldNotContain("risk_score");
            derived.Keys.ShouldNotContain("risk_level");
            derived["rule_risk"].Number.ShouldBe(0);
        }
    }

    [Fact]
    public void A_status_that_its_copy_contradicts_is_marked_and_one_without_a_copy_is_not_judged()
    {
        var bed = new RiskBed();
        bed.Derive(RiskBed.StartUs, RiskBed.NormalWith(("verify_status", 1)))["verify_mismatch"].IsTrue.ShouldBeTrue();
        bed.Derive(RiskBed.StartUs + Second, RiskBed.NormalWith(("verify_status", 0)))["verify_mismatch"].IsTrue.ShouldBeFalse();
        bed.Derive(RiskBed.StartUs + (2 * Second), RiskBed.Normal).Keys.ShouldNotContain("verify_mismatch");
    }

    [Fact]
    public void Rising_board_temperature_raises_the_risk_by_a_fifth_from_the_fifth_reading_on_and_a_falling_one_does_not()
    {
        double[] ModifiersOf(double step)
        {
            var bed = new RiskBed();
            return [.. Enumerable.Range(0, 6).Select(n => bed.Derive(RiskBed.StartUs + (n * Second), RiskBed.NormalWith(("pcb_temperature", 35 + (n * step))))["risk_modifier"].Number)];
        }

        ModifiersOf(0.5).ShouldBe([1, 1, 1, 1, 1.2, 1.2]);
        ModifiersOf(-0.5).ShouldBe([1, 1, 1, 1, 1, 1]);
    }

    [Fact]
    public void Readings_of_the_store_count_as_the_past_after_a_restart()
    {
        var (straight, restarted) = (new RiskBed(), new RiskBed());
        for (var n = 0; n < 30; n++)
        {
            var record = RiskBed.NormalWith(("pcb_temperature", 35 + n), ("arc_count", 1));
            straight.Derive(RiskBed.StartUs + (n * Second), record);
            restarted.Remember(RiskBed.StartUs + (n * Second), record);
        }

        var last = RiskBed.NormalWith(("pcb_temperature", 66), ("arc_count", 1));
        var expected = straight.Derive(RiskBed.StartUs + (31 * Second), last);

        expected["risk_modifier"].Number.ShouldBe(1.5);
        restarted.Derive(RiskBed.StartUs + (31 * Second), last).ShouldBe(expected);
    }

    [Fact]
    public void A_reading_that_comes_late_is_judged_by_what_was_before_it_and_one_of_the_same_time_takes_its_place()
    {
        var bed = new RiskBed();
        for (var n = 0; n < 10; n++)
            bed.Derive(RiskBed.StartUs + (n * 10 * Second), RiskBed.NormalWith(("arc_count", 2)));

        bed.Derive(RiskBed.StartUs + (15 * Second), RiskBed.Normal)["risk_modifier"].Number.ShouldBe(1, "three readings before it are too few");
        bed.Derive(RiskBed.StartUs + (90 * Second), RiskBed.NormalWith(("arc_count", 2)))["risk_modifier"].Number.ShouldBe(1.3);
        for (var n = 0; n < 10; n++)
            bed.Derive(RiskBed.StartUs + (n * 10 * Second), RiskBed.NormalWith(("arc_count", 1)));
        bed.Derive(RiskBed.StartUs + (90 * Second), RiskBed.NormalWith(("arc_count", 1)))["risk_modifier"].Number.ShouldBe(1, "ten arcs are not more than ten");
    }

    [Fact]
    public void A_reading_of_a_known_device_allocates_nothing() => new RiskBed().Allocated(10_000).ShouldBe(0);
}
