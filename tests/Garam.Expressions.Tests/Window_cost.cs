using Garam.Expressions.Windows;

namespace Garam.Expressions.Tests;

/// <summary>Memory; alone, because tests beside it would be measured too.</summary>
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
}
