using Garam.Bench.Load;

namespace Garam.Tests.Bench;

public sealed class Latency_histogram_Tests
{
    [Fact]
    public void An_empty_one_answers_zero()
    {
        var histogram = new LatencyHistogram();

        histogram.Quantile(0.99).ShouldBe(TimeSpan.Zero);
        histogram.Max.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void Every_quantile_is_at_most_one_percent_above_the_sorted_value()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var histogram = new LatencyHistogram();
        var values = Enumerable.Range(0, 20_000).Select(_ => (long)Math.Pow(10, 1 + 9 * random.NextDouble())).ToArray();
        foreach (var value in values)
            histogram.Record(value);
        Array.Sort(values);

        foreach (var quantile in new[] { 0.001, 0.1, 0.5, 0.9, 0.99, 0.999, 1 })
        {
            var exact = values[(int)Math.Ceiling(quantile * values.Length) - 1];
            var answered = histogram.Quantile(quantile).TotalNanoseconds;
            // TimeSpan counts in 100 ns.
            answered.ShouldBeInRange(exact, exact * 1.008 + 100, $"quantile {quantile}");
        }
    }

    [Fact]
    public void The_largest_value_is_exact() => new Func<TimeSpan>(() =>
    {
        var histogram = new LatencyHistogram();
        histogram.Record(1_234_567_800);
        histogram.Record(5);
        return histogram.Max;
    })().ShouldBe(TimeSpan.FromTicks(12_345_678));

    [Fact]
    public void The_largest_possible_duration_has_a_bucket()
    {
        var histogram = new LatencyHistogram();

        histogram.Record(long.MaxValue);

        histogram.Quantile(1).ShouldBe(histogram.Max);
    }
}
