namespace Garam.Platform.Tests;

/// <summary>From topic to device (docs/reference/topics.md).</summary>
public sealed class Routes
{
    [Theory]
    [InlineData("devices/{device}/telemetry", "devices/a/telemetry", "a", "")]
    [InlineData("devices/{hub}/child/{device}/telemetry", "devices/h/child/a/telemetry", "a", "h")]
    [InlineData("plc/{site}/{device}/{metric}", "plc/seoul/press-1/temp", "press-1", "")]
    [InlineData("{device}", "a", "a", "")]
    [InlineData("/{device}", "/a", "a", "")]
    public void A_topic_that_fits_names_its_device_and_hub(string pattern, string topic, string device, string hub)
    {
        Parse(pattern).TryMatch(topic, out var foundDevice, out var foundHub).ShouldBeTrue();

        (foundDevice, foundHub).ShouldBe((device, hub));
    }

    [Theory]
    [InlineData("devices/a")]
    [InlineData("devices//telemetry")]
    [InlineData("devices/a/telemetry/")]
    [InlineData("devices/a/b/telemetry")]
    [InlineData("Devices/a/telemetry")]
    [InlineData("xdevices/a/telemetry")]
    [InlineData("/devices/a/telemetry")]
    [InlineData("")]
    public void A_topic_of_another_shape_does_not_fit(string topic) =>
        Parse("devices/{device}/telemetry").TryMatch(topic, out _, out _).ShouldBeFalse();

    [Theory]
    [InlineData("devices/telemetry", "needs the level {device} once")]
    [InlineData("{device}/{device}", "needs the level {device} once")]
    [InlineData("{hub}/{hub}/{device}", "at most one level {hub}")]
    [InlineData("devices/+/telemetry", "instead of + or #")]
    [InlineData("{device}/#", "instead of + or #")]
    [InlineData("devices/x{device}", "enclose a whole level")]
    [InlineData("devices/{}/{device}", "enclose a whole level")]
    [InlineData("devices/{a}{b}/{device}", "enclose a whole level")]
    [InlineData("1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/{device}", "at most 16 levels")]
    public void A_wrong_pattern_is_told_with_what_would_be_right(string pattern, string told)
    {
        Route.TryParse(pattern, null, out var problem).ShouldBeNull();

        problem.ShouldNotBeNull().ToString().ShouldContain(told);
    }

    [Fact]
    public void The_last_level_tells_status_from_telemetry() =>
        new[] { Parse("d/{device}/status").Kind, Parse("d/{device}/telemetry").Kind, Parse("status/{device}").Kind }
            .ShouldBe([RouteKind.Status, RouteKind.Telemetry, RouteKind.Telemetry]);

    [Fact]
    public void Of_two_routes_that_fit_the_one_with_more_literal_levels_wins()
    {
        var table = new RouteTable([Parse("devices/{device}/{kind}", "any"), Parse("devices/{device}/telemetry", "exact")]);

        table.Match("devices/a/telemetry", out _, out _)!.Product.ShouldBe("exact");
        table.Match("devices/a/other", out _, out _)!.Product.ShouldBe("any");
    }

    [Fact]
    public void Of_two_routes_with_equally_many_literal_levels_the_first_wins()
    {
        var table = new RouteTable([Parse("a/{device}/{x}", "first"), Parse("a/{x}/{device}", "second")]);

        table.Match("a/1/2", out var device, out _)!.Product.ShouldBe("first");
        device.ShouldBe("1");
    }

    [Fact]
    public void A_topic_without_a_route_names_nobody()
    {
        new RouteTable([Parse("devices/{hub}/child/{device}/telemetry")]).Match("devices/h/child/a/other", out var device, out var hub).ShouldBeNull();

        (device, hub).ShouldBe(("", ""));
    }

    [Fact]
    public void Every_table_has_a_version_of_its_own() => new RouteTable([]).Version.ShouldNotBe(new RouteTable([]).Version);

    private static Route Parse(string pattern, string? product = null)
    {
        var route = Route.TryParse(pattern, product, out var problem);
        problem.ShouldBeNull();
        return route!;
    }
}
