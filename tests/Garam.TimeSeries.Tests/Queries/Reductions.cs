using Garam.TimeSeries.Queries;

namespace Garam.TimeSeries.Tests.Queries;

public sealed class Reductions
{
    [Fact]
    public void Lttb_chooses_what_the_thesis_says()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 100; round++)
        {
            var count = random.Next(5, 3000);
            var times = Enumerable.Range(0, count).Select(i => i * 60_000_000L + random.Next(1000)).ToArray();
            var values = Enumerable.Range(0, count).Select(_ => random.NextDouble()).ToArray();
            var kept = new int[random.Next(3, count)];
            Lttb.Select(times, values, kept);
            kept.ShouldBe(Reference(times, values, kept.Length), $"seed {seed}, {count} to {kept.Length}");
        }
    }

    [Fact]
    public void Min_max_keeps_every_extreme_of_its_stretches()
    {
        var random = new Random(3);
        var values = Enumerable.Range(0, 10_000).Select(_ => random.NextDouble()).ToArray();
        values[777] = 9;
        values[8123] = -9;
        var kept = new int[100];
        var count = MinMax.Select(values, values, kept);
        count.ShouldBeLessThanOrEqualTo(100);
        kept[..count].ShouldContain(777);
        kept[..count].ShouldContain(8123);
        kept[..count].ShouldBeInOrder();
        for (var stretch = 0; stretch < 50; stretch++)
            kept[..count].Select(i => values[i]).ShouldContain(values[(stretch * 200)..((stretch + 1) * 200)].Max());
    }

    /// <summary>The thesis' algorithm, word for word: areas from coordinates, buckets as lists.</summary>
    private static int[] Reference(long[] times, double[] values, int threshold)
    {
        var points = times.Select((t, i) => (X: (decimal)t, Y: (decimal)values[i], Index: i)).ToArray();
        var every = (decimal)(points.Length - 2) / (threshold - 2) + 1e-20m;
        var buckets = Enumerable.Range(0, threshold - 2)
            .Select(i => points[((int)(i * every) + 1)..((int)((i + 1) * every) + 1)])
            .Append([points[^1]])
            .ToArray();
        var chosen = new List<(decimal X, decimal Y, int Index)> { points[0] };
        for (var i = 0; i < threshold - 2; i++)
        {
            var next = buckets[i + 1];
            var (meanX, meanY) = (next.Average(p => p.X), next.Average(p => p.Y));
            var a = chosen[^1];
            chosen.Add(buckets[i].MaxBy(b => Math.Abs((a.X - meanX) * (b.Y - a.Y) - (a.X - b.X) * (meanY - a.Y))));
        }

        return [.. chosen.Append(points[^1]).Select(p => p.Index)];
    }
}
