namespace Garam.Web.Plumbing;

public sealed class Quantiles
{
    private const string Text = """
        # TYPE latency histogram
        latency_bucket{le="0.001"} 50
        latency_bucket{le="0.01"} 99
        latency_bucket{le="0.1"} 100
        latency_bucket{le="+Inf"} 100
        latency_sum 1.5
        latency_count 100
        other_bucket{le="0.001"} 7
        """;

    [Theory]
    [InlineData(0.25, 0.0005)]
    [InlineData(0.5, 0.001)]
    [InlineData(0.99, 0.01)]
    [InlineData(1, 0.1)]
    public void They_are_interpolated_within_their_bucket(double share, double seconds) =>
        HistogramText.Read(Text, "latency").Quantile(share)!.Value.ShouldBe(seconds, 1e-9);

    [Fact]
    public void What_lies_beyond_the_last_bound_counts_as_that_bound() =>
        HistogramText.Read("latency_bucket{le=\"0.1\"} 1\nlatency_bucket{le=\"+Inf\"} 9\n", "latency").Quantile(0.99).ShouldBe(0.1);

    [Fact]
    public void Without_observations_there_is_none() => HistogramText.Read(Text, "absent").Quantile(0.5).ShouldBeNull();
}
