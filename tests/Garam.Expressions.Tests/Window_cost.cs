using Garam.Expressions.Windows;

namespace Garam.Expressions.Tests;

/// <summary>Time and memory; alone, because tests beside it would be measured too.</summary>
[Collection(nameof(Alone))]
public class Window_cost
{
    private const long Start = 1_772_359_200_000_000;
    private const long Second = 1_000_000;

    [Fact]
    public void Ten_windows_cost_what_the_estimate_says()
    {
        string[] functions = ["avg", "stddev", "min", "median", "slope", "lag", "first", "percentile", "count", "sum"];
        var names = functions.Select((f, i) => f == "percentile" ? $"percentile(x + {i}, 95, 1h)" : $"{f}(x + {i}, 1h)").ToArray();
        var probe = new WindowProbe(TimeSpan.FromMinutes(1), names);
        var value = new Value[] { Value.Of(1.0) };
        var sets = new WindowSet[100];
        var before = GC.GetTotalMemory(true);
        for (var s = 0; s < sets.Length; s++)
        {
            sets[s] = new WindowSet(probe.Plan);
            for (var i = 0; i < 200; i++)
                sets[s].Observe(Start + (i * Second), value);
        }

        var perSet = (GC.GetTotalMemory(true) - before) / sets.Length;
        GC.KeepAlive(sets);
        ((double)perSet).ShouldBe(sets[0].EstimatedBytes, sets[0].EstimatedBytes * 0.1);
        perSet.ShouldBeLessThan(10 * 2048);
    }

    [Fact]
    public void Cost_of_a_window_does_not_grow_with_its_samples()
    {
        // The best of three runs, with a wide margin: a window of 18,000 samples against one of 360.
        var few = Enumerable.Range(0, 3).Min(_ => Cost(10_000_000));
        var many = Enumerable.Range(0, 3).Min(_ => Cost(200_000));
        many.ShouldBeLessThan((few * 5) + TimeSpan.FromMilliseconds(50));

        static TimeSpan Cost(long stepUs)
        {
            var probe = new WindowProbe(TimeSpan.Zero, "avg(x, 1h) + max(x, 1h) + median(x, 1h)");
            for (var i = 0; i < 20_000; i++)
                probe.Observe(Start + (i * stepUs), i % 100);
            var started = System.Diagnostics.Stopwatch.GetTimestamp();
            for (var i = 20_000; i < 30_000; i++)
            {
                probe.Observe(Start + (i * stepUs), i % 100);
                probe.Read();
            }

            return System.Diagnostics.Stopwatch.GetElapsedTime(started);
        }
    }
}
