namespace Garam.Expressions.Tests;

public class Window_answers
{
    private const long Start = 1_772_359_200_000_000;
    private const long Second = 1_000_000;

    private static readonly string[] Functions =
        ["count", "sum", "avg", "stddev", "min", "max", "median", "slope", "first", "last", "delta", "rate", "previous"];

    [Fact]
    public void Windows_of_up_to_32_samples_are_exact_in_any_order_of_arrival()
    {
        var seed = Seed();
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var probe = new WindowProbe(TimeSpan.FromHours(1), [.. Functions.Select(f => $"{f}(x, 1m)"), "lag(x, 20s)"]);
            var naive = new NaiveWindow();
            var newest = long.MinValue;
            var count = random.Next(1, 33);
            for (var i = 0; i < count; i++)
            {
                var time = Start + (random.Next(0, 120) * Second);
                var value = Math.Round(20 + (random.NextDouble() * 10), 1);
                probe.Observe(time, value).ShouldBeTrue();
                naive.Observe(time, value);
                newest = Math.Max(newest, time);
                for (var f = 0; f < Functions.Length; f++)
                    ShouldBe(probe.Read(f), naive.Of(Functions[f], newest - (60 * Second)), 1e-9, $"{Functions[f]} seed {seed} round {round}");
                ShouldBe(probe.Read(Functions.Length), naive.Lag(newest - (20 * Second), 20 * Second), 0, $"lag seed {seed} round {round}");
            }
        }
    }

    [Theory]
    [InlineData("count", 40)]
    [InlineData("sum", 40)]
    [InlineData("avg", 40)]
    [InlineData("stddev", 40)]
    [InlineData("min", 60)]
    [InlineData("max", 60)]
    [InlineData("slope", 24)]
    public void Long_windows_are_exact_but_for_half_a_bucket_at_their_old_end(string function, int buckets)
    {
        var seed = Seed();
        var random = new Random(seed);
        var probe = new WindowProbe(TimeSpan.FromSeconds(30), $"{function}(x, 10m)");
        var naive = new NaiveWindow();
        const long duration = 600 * Second;
        var width = duration / buckets;
        var newest = Start;
        for (var i = 0; i < 3000; i++)
        {
            // Up to 20 s late, now and then a gap.
            var time = Start + (i * Second) - (random.Next(4) == 0 ? random.Next(0, 20) * Second : 0) + (i / 1000 * 300 * Second) + random.Next(0, 1000);
            var value = 1e6 + (Math.Sin(i / 200.0) * 10) + random.NextDouble();
            probe.Observe(time, value).ShouldBeTrue();
            naive.Observe(time, value);
            newest = Math.Max(newest, time);
            if (i % 7 != 0)
                continue;
            var oldestBucket = (newest - duration + (width / 2)) / width;
            var exact = naive.Of(function, newest - duration);
            var byBuckets = naive.Of(function, (oldestBucket * width) - 1);
            var actual = probe.Read();
            (Near(actual, exact) || Near(actual, byBuckets)).ShouldBeTrue($"{function}: {actual}, exact {exact}, by buckets {byBuckets}, sample {i}, seed {seed}");
            Math.Abs((oldestBucket * width) - (newest - duration)).ShouldBeLessThanOrEqualTo((width / 2) + 1);
        }
    }

    [Fact]
    public void First_is_off_by_at_most_a_sixtieth_of_the_duration_and_lag_by_two()
    {
        // The value is the time, so that an error of value is an error of time.
        var probe = new WindowProbe(TimeSpan.FromSeconds(30), "first(x, 10m)", "lag(x, 10m)", "rate(x, 10m)", "delta(x, 10m)");
        var seed = Seed();
        var random = new Random(seed);
        var naive = new NaiveWindow();
        long newest = 0;
        for (var i = 0; i < 2000; i++)
        {
            var seconds = (long)Math.Max(0, i - random.Next(0, 10));
            probe.Observe(Start + (seconds * Second), seconds);
            naive.Observe(Start + (seconds * Second), seconds);
            newest = Math.Max(newest, seconds);
            if (i < 700 || i % 5 != 0)
                continue;
            var then = Start + ((newest - 600) * Second);
            probe.Read(0).ShouldBeInRange(naive.Of("first", then), naive.Of("first", then + (10 * Second)), $"seed {seed}");
            probe.Read(1).ShouldBeInRange(naive.Lag(then - (20 * Second), 600 * Second), naive.Lag(then, 600 * Second), $"seed {seed}");
            probe.Read(2).ShouldBe(1, 1e-9);
            probe.Read(3).ShouldBe(newest - probe.Read(0));
        }
    }

    [Theory]
    [InlineData("uniform")]
    [InlineData("normal")]
    [InlineData("drift")]
    [InlineData("step")]
    [InlineData("outliers")]
    [InlineData("integers")]
    [InlineData("around zero")]
    public void Percentiles_are_within_their_documented_error(string shape)
    {
        var seed = Seed();
        var random = new Random(seed);
        double[] percents = [5, 25, 50, 75, 95];
        var probe = new WindowProbe(TimeSpan.FromSeconds(30), [.. percents.Select(p => $"percentile(x, {p}, 10m)")]);
        var naive = new NaiveWindow();
        for (var i = 0; i < 4000; i++)
        {
            var time = Start + (i * Second);
            var value = Shape(shape, i, random);
            probe.Observe(time, value);
            naive.Observe(time, value);
            if (i < 700 || i % 50 != 0)
                continue;
            for (var p = 0; p < percents.Length; p++)
            {
                // Half a group earlier or later at the old end, 2 % of rank for outliers, and a bin.
                var shorter = naive.Values(time - (570 * Second));
                var longer = naive.Values(time - (630 * Second));
                var spread = NaiveWindow.Percentile(longer, 99) - NaiveWindow.Percentile(longer, 1);
                double[] bounds =
                [
                    NaiveWindow.Percentile(shorter, percents[p] - 2.5), NaiveWindow.Percentile(longer, percents[p] - 2.5),
                    NaiveWindow.Percentile(shorter, percents[p] + 2.5), NaiveWindow.Percentile(longer, percents[p] + 2.5),
                ];
                var bin = Math.Max(spread / 17, 1e-6);
                probe.Read(p).ShouldBeInRange(bounds.Min() - bin, bounds.Max() + bin, $"{shape} p{percents[p]} sample {i} seed {seed}");
            }
        }
    }

    [Fact]
    public void An_outlier_at_the_very_beginning_costs_the_others_no_resolution()
    {
        var random = new Random(1);
        var probe = new WindowProbe(TimeSpan.FromSeconds(30), "median(x, 10m)");
        probe.Observe(Start, 521_000);
        for (var i = 1; i < 300; i++)
            probe.Observe(Start + (i * Second), 20 + Normal(random));
        probe.Read(0).ShouldBeInRange(19.5, 20.5);
    }

    [Fact]
    public void Percentiles_of_any_doubles_stay_between_the_extremes()
    {
        var seed = Seed();
        var random = new Random(seed);
        for (var round = 0; round < 30; round++)
        {
            var probe = new WindowProbe(TimeSpan.FromSeconds(30), "percentile(x, 30, 1m)", "min(x, 2m)", "max(x, 2m)");
            for (var i = 0; i < 400; i++)
            {
                var value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
                probe.Observe(Start + (i * Second / 4), i % 3 == 0 && round % 2 == 0 ? 1e-310 : value);
                if (i > 0)
                    probe.Read(0).ShouldBeInRange(probe.Read(1), probe.Read(2), $"seed {seed} round {round} sample {i}");
            }
        }
    }

    [Fact]
    public void Small_spread_on_a_large_value_survives()
    {
        var probe = new WindowProbe(TimeSpan.Zero, "stddev(x, 10m)", "slope(x, 10m)");
        for (var i = 0; i < 3000; i++)
            probe.Observe(Start + (i * Second), 1e9 + (i % 2));
        probe.Read(0).ShouldBe(0.5, 0.001);
        Math.Abs(probe.Read(1)).ShouldBeLessThan(1e-4);
    }

    [Fact]
    public void Sums_of_whole_numbers_are_whole()
    {
        var probe = new WindowProbe(TimeSpan.Zero, "sum(x, 1h)");
        for (var i = 0; i < 1000; i++)
            probe.Observe(Start + (i * Second), i % 3);
        probe.Read().ShouldBe(999);
    }

    private static double Shape(string shape, int i, Random random) => shape switch
    {
        "uniform" => 20 + (random.NextDouble() * 5),
        "normal" => 20 + Normal(random),
        "drift" => 20 + (i * 0.01) + random.NextDouble(),
        "step" => (i / 500 % 2 * 40) + random.NextDouble(),
        "outliers" => random.Next(300) == 0 ? 1e6 * random.NextDouble() : 20 + Normal(random),
        "integers" => random.Next(0, 6),
        _ => Normal(random) * 0.001,
    };

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static bool Near(double actual, double expected) =>
        actual.Equals(expected) || Math.Abs(actual - expected) <= 1e-6 * Math.Max(1e-3, Math.Abs(expected));

    private static void ShouldBe(double actual, double expected, double tolerance, string message)
    {
        if (double.IsNaN(expected))
            actual.ShouldBe(double.NaN, message);
        else
            actual.ShouldBeInRange(expected - (tolerance * Math.Max(1, Math.Abs(expected))), expected + (tolerance * Math.Max(1, Math.Abs(expected))), message);
    }

    private static int Seed()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        return seed;
    }
}
