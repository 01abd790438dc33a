namespace Garam.Web.Fleet;

public sealed class Main_metrics
{
    private static readonly Dictionary<string, string> NoTags = [];

    [Fact]
    public void A_temperature_stands_before_voltage_and_counters_come_last() =>
        MainMetric.Of([Of("idx", null), Of("voltage", "V"), Of("inlet", "celsius")], NoTags)!.Metric.ShouldBe("inlet");

    [Fact]
    public void The_devices_tag_has_the_last_word() =>
        MainMetric.Of([Of("voltage", "V"), Of("inlet", "celsius")], new Dictionary<string, string> { ["gauge"] = "voltage" })!.Metric.ShouldBe("voltage");

    [Fact]
    public void A_tag_that_names_nothing_is_ignored() =>
        MainMetric.Of([Of("inlet", "celsius")], new Dictionary<string, string> { ["gauge"] = "gone" })!.Metric.ShouldBe("inlet");

    [Fact]
    public void A_device_without_numbers_has_none() => MainMetric.Of([], NoTags).ShouldBeNull();

    private static Reading Of(string metric, string? unit) => new(metric, 1, false, unit, null, null, 0, false);
}
