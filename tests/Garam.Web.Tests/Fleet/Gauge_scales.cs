namespace Garam.Web.Fleet;

public sealed class Gauge_scales
{
    [Fact]
    public void The_specs_plausible_range_is_the_scale()
    {
        var scale = GaugeScale.Of(Of(20, "celsius", -40, 125), [], limit: null);
        (scale.Min, scale.Max).ShouldBe((-40, 125));
        scale.Share(125).ShouldBe(1);
        scale.Share(-40).ShouldBe(0);
        scale.Share(500).ShouldBe(1);
        scale.Share(double.NaN).ShouldBe(0);
    }

    [Fact]
    public void A_limit_is_always_on_the_scale_and_counted_from_zero()
    {
        var scale = GaugeScale.Of(Of(20, "celsius"), [19.5, 20.5], limit: 80);
        scale.Min.ShouldBe(0);
        scale.Max.ShouldBeGreaterThan(80);
        scale.Share(80).ShouldBeInRange(0.5, 0.95);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-18.6)]
    [InlineData(1e9)]
    [InlineData(1e-9)]
    [InlineData(double.NaN)]
    public void Any_value_has_a_scale_it_stands_on(double value)
    {
        var scale = GaugeScale.Of(Of(value, "bar"), [value, double.NaN], limit: null);
        scale.Max.ShouldBeGreaterThan(scale.Min);
        scale.Share(value).ShouldBeInRange(0, 1);
    }

    [Fact]
    public void A_score_is_a_share_of_one() => GaugeScale.Of(new Reading("risk_score", 0.2, false, null, null, null, 0, false), [], 0.8).Max.ShouldBe(1);

    private static Reading Of(double value, string unit, double? min = null, double? max = null) => new("m", value, false, unit, min, max, 0, false);
}
