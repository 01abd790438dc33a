using Garam.Expressions.Windows;

namespace Garam.Expressions.Tests;

public class Window_life
{
    private const long Start = 1_772_359_200_000_000;
    private const long Second = 1_000_000;

    [Fact]
    public void Equal_windows_are_kept_once_and_moments_share_their_state()
    {
        var probe = new WindowProbe(TimeSpan.Zero, "avg(x, 1h)", "avg( (x), 60m ) > 5", "x > avg(x, 1h) + 2 * stddev(x, 1h)", "avg(y, 1h)");

        probe.Plan.Requests.Select(r => (r.Function, r.Source)).ShouldBe(
            [(WindowFunction.Avg, "x"), (WindowFunction.Stddev, "x"), (WindowFunction.Avg, "y")]);
        probe.Plan.Sources.Select(s => s.Trackers.Count).ShouldBe([1, 1]);
    }

    [Fact]
    public void Plan_tells_how_much_history_each_metric_needs()
    {
        var probe = new WindowProbe(TimeSpan.Zero, "avg(x, 1h)", "lag(x, 40m)", "max(x + y, 5m)", "count(y > 3, 10m)");
        probe.Plan.HistoryBySlot().ShouldBe(
            new Dictionary<int, TimeSpan> { [0] = TimeSpan.FromMinutes(80), [1] = TimeSpan.FromMinutes(10) }, ignoreOrder: true);
    }

    [Fact]
    public void Late_reading_counts_within_the_allowed_lateness_and_is_counted_beyond()
    {
        var probe = new WindowProbe(TimeSpan.FromSeconds(10), "sum(x, 1m)");
        probe.Observe(Start + (100 * Second), 1).ShouldBeTrue();
        probe.Observe(Start + (90 * Second), 2).ShouldBeTrue();
        probe.Observe((Start + (90 * Second)) - 1, 4).ShouldBeFalse();

        probe.Read().ShouldBe(3);
        probe.Set.LateIgnored.ShouldBe(1);
    }

    [Fact]
    public void Late_reading_finds_its_bucket_after_the_tail_has_moved_on()
    {
        var probe = new WindowProbe(TimeSpan.FromHours(1), "sum(x, 1h)", "max(x, 1h)", "max(x, 30m)");
        for (var i = 0; i < 3600; i += 2)
            probe.Observe(Start + (i * Second), 1);
        probe.Observe(Start + (1001 * Second), 50);

        probe.Read(0).ShouldBe(1800 + 50);
        probe.Read(1).ShouldBe(50);
        probe.Read(2).ShouldBe(1);
    }

    [Fact]
    public void Same_time_replaces_the_earlier_value()
    {
        var probe = new WindowProbe(TimeSpan.FromMinutes(1), "sum(x, 1h)", "count(x, 1h)", "median(x, 1h)");
        for (var i = 0; i < 100; i++)
        {
            probe.Observe(Start + (i * Second), 1000);
            probe.Observe(Start + (i * Second), 1);
        }

        probe.Read(0).ShouldBe(100);
        probe.Read(1).ShouldBe(100);
        probe.Read(2).ShouldBe(1, 0.001);
    }

    [Fact]
    public void Reading_without_the_metric_contributes_nothing()
    {
        var probe = new WindowProbe(TimeSpan.Zero, "count(x, 1h)", "count(x > 0, 1h)", "avg(x > 0, 1h)", "avg(y, 1h, x > 0)", "sum(x, 1h)");
        probe.Observe(Start, 5, 10);
        probe.Observe(Start + Second, double.NaN, 20);
        probe.Observe(Start + (2 * Second), -5, 30);
        probe.Observe(Start + (3 * Second), 7, double.NaN);

        probe.Read(0).ShouldBe(3);
        probe.Read(1).ShouldBe(2);
        probe.Read(2).ShouldBe(2.0 / 3, 1e-12);
        probe.Read(3).ShouldBe(10);
        probe.Read(4).ShouldBe(7);
    }

    [Fact]
    public void Empty_window_counts_0_and_is_missing_otherwise()
    {
        string[] functions = ["count", "sum", "avg", "stddev", "min", "max", "median", "slope", "first", "last", "delta", "rate", "lag", "previous"];
        var probe = new WindowProbe(TimeSpan.Zero, [.. functions.Select(f => $"{f}(x, 1h)")]);
        probe.Read(1).ShouldBe(double.NaN);
        probe.Observe(Start, double.NaN, 1);

        probe.Read(0).ShouldBe(0);
        for (var i = 1; i < functions.Length; i++)
            probe.Read(i).ShouldBe(double.NaN, functions[i]);
    }

    [Fact]
    public void Window_moves_on_with_the_time_of_the_reader()
    {
        var probe = new WindowProbe(TimeSpan.Zero, "count(x, 1m)", "last(x, 1m)");
        probe.Observe(Start, 1);
        probe.Read(0, Start + (59 * Second)).ShouldBe(1);
        probe.Read(0, Start + (60 * Second)).ShouldBe(0);
        probe.Read(1, Start + (60 * Second)).ShouldBe(double.NaN);
    }

    [Fact]
    public void Long_silence_leaves_nothing_behind()
    {
        string[] functions = ["count(x, 10m)", "max(x, 10m)", "percentile(x, 90, 10m)", "slope(x, 10m)", "lag(x, 10m)", "first(x, 10m)"];
        var probe = new WindowProbe(TimeSpan.Zero, functions);
        for (var i = 0; i < 2000; i++)
            probe.Observe(Start + (i * Second), 100 + i);
        probe.Observe(Start + (90_000 * Second), 1);

        Enumerable.Range(0, functions.Length).Select(i => probe.Read(i)).ShouldBe([1, 1, 1, double.NaN, double.NaN, 1]);
    }

    [Fact]
    public void Warm_up_gives_what_the_readings_gave()
    {
        string[] functions = ["avg(x, 10m)", "stddev(x, 10m)", "max(x + y, 10m)", "median(x, 10m)", "lag(y, 5m)", "count(x > 3, 10m)"];
        var live = new WindowProbe(TimeSpan.Zero, functions);
        var warm = new WindowProbe(TimeSpan.Zero, functions);
        long[] times = [.. Enumerable.Range(0, 900).Select(i => Start + (i * Second))];
        double[] x = [.. times.Select((_, i) => Math.Sin(i / 30.0) * 10)];
        double[] y = [.. times.Select((_, i) => i % 3 == 0 ? i : double.NaN)];
        for (var i = 0; i < times.Length; i++)
            live.Observe(times[i], x[i], y[i]);
        var known = Enumerable.Range(0, times.Length).Where(i => i % 3 == 0).ToArray();

        warm.Set.WantsWarmUp.ShouldBeTrue();
        warm.Set.WarmUp([
            new StoredSeries(0, times, x),
            new StoredSeries(1, known.Select(i => times[i]).ToArray(), known.Select(i => y[i]).ToArray()),
        ]);

        warm.Set.WantsWarmUp.ShouldBeFalse();
        for (var f = 0; f < functions.Length; f++)
            warm.Read(f).ShouldBe(live.Read(f), functions[f]);
    }

    [Fact]
    public void Changed_rules_take_known_windows_over_and_warm_only_new_ones()
    {
        var before = new WindowProbe(TimeSpan.Zero, "avg(x, 10m)", "max(x, 10m)");
        long[] times = [.. Enumerable.Range(0, 300).Select(i => Start + (i * Second))];
        double[] values = [.. times.Select((_, i) => (double)i)];
        for (var i = 0; i < times.Length; i++)
            before.Observe(times[i], values[i]);

        var after = new WindowProbe(TimeSpan.Zero, "max(x, 10m)", "avg(y, 10m)", "count(x, 10m)");
        var set = new WindowSet(after.Plan, before.Set);
        set.WantsWarmUp.ShouldBeTrue();
        set.WarmUp([new StoredSeries(0, times, values), new StoredSeries(1, times, values)]);

        set.NewestUs.ShouldBe(times[^1]);
        var read = after.ReadFrom(set);
        read.ShouldBe([299, 149.5, 300]);
    }

    [Fact]
    public void Memory_is_bounded_and_under_2_kilobytes_a_window()
    {
        string[] functions = ["avg", "stddev", "min", "median", "slope", "lag", "first", "rate", "last", "sum"];
        foreach (var function in functions)
        {
            var probe = new WindowProbe(TimeSpan.FromMinutes(1), $"{function}(x, 1h)");
            for (var i = 0; i < 8000; i++)
                probe.Observe(Start + (i * Second), i % 17);
            var full = probe.Set.EstimatedBytes;
            full.ShouldBeLessThan(2048 + 120, function);
            for (var i = 8000; i < 40_000; i++)
                probe.Observe(Start + (i * Second / 10), i % 17);
            probe.Set.EstimatedBytes.ShouldBe(full, function);
        }
    }
}
