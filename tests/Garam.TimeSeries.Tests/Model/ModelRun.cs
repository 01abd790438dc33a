using System.Globalization;
using System.Text;

namespace Garam.TimeSeries.Tests.Model;

internal sealed class ModelRun : IDisposable
{
    private static readonly string[] Names = ["temperature", "power", "count", "open", "rare"];
    private static readonly long[] Steps = [UtcTime.MinuteUs, 5 * UtcTime.MinuteUs, 90 * UtcTime.SecondUs, UtcTime.HourUs, UtcTime.DayUs, 7 * UtcTime.DayUs];

    private readonly string directory;
    private readonly Random random;
    private readonly ModelStore model = new();
    private readonly List<LoggedReading> log = [];
    private readonly Dictionary<string, long> clocks = [];
    private readonly long period;
    private TimeSeriesStore store;

    public ModelRun(string directory, int seed)
    {
        this.directory = directory;
        random = new Random(seed);
        period = new[] { 100_000, UtcTime.SecondUs, 7 * UtcTime.SecondUs, UtcTime.MinuteUs, 17 * UtcTime.MinuteUs }[random.Next(5)];
        store = StoreTesting.Open(directory, damaged => throw new InvalidOperationException($"damaged {damaged}"));
    }

    public int Step { get; private set; }

    public void Run(int steps)
    {
        for (; Step < steps; Step++)
        {
            Append(random.Next(1, 1200));
            switch (random.Next(8))
            {
                case 0:
                    Crash();
                    break;
                case 1:
                    store.BeginCommit("given up"u8).Dispose();
                    break;
                case 2 or 3:
                    CommitWhileAppending();
                    break;
                default:
                    store.Commit(log.Count.ToString(CultureInfo.InvariantCulture));
                    break;
            }

            Compare(random.Next(4) == 0);
        }

        Crash();
        Compare(everything: true);
    }

    public void Dispose() => store.Dispose();

    private void Append(int readings)
    {
        var group = $"device-{random.Next(3)}";
        var backlog = random.Next(4) == 0;
        var time = Clock(group) - (backlog ? random.Next(1, 3000) * period : 0);
        for (var i = 0; i < readings; i++)
        {
            LoggedReading reading;
            if (log.Count > 0 && random.Next(25) == 0)
            {
                Remove(log[random.Next(2) == 0 ? random.Next(log.Count) : log.Count - 1]);
                continue;
            }

            if (log.Count > 0 && random.Next(30) == 0)
            {
                reading = log[random.Next(log.Count)] with { IsRemoval = false };
                if (random.Next(2) == 0) reading = reading with { Samples = Samples() };
            }
            else
            {
                time += random.Next(20) == 0 ? period * random.Next(1, 20) : random.Next(50) == 0 ? random.Next(1, 1_000_000) : period;
                var at = random.Next(40) == 0 ? time - random.Next(1, 300) * period : time;
                reading = new LoggedReading(group, at, Samples());
            }

            log.Add(reading);
            var expected = model.Append(reading.Group, reading.Time, reading.Samples);
            Put(reading).ShouldBe(expected, $"reading {log.Count}");
            clocks[reading.Group] = Math.Max(Clock(reading.Group), reading.Time);
        }
    }

    private void Remove(LoggedReading former)
    {
        var removal = former with { Samples = [.. former.Samples.Where(_ => random.Next(3) > 0)], IsRemoval = true };
        log.Add(removal);
        var expected = model.Remove(removal.Group, removal.Time, removal.Samples.Select(s => s.Series));
        (Put(removal) == AppendOutcome.Replaced).ShouldBe(expected, $"removal {log.Count}");
    }

    private AppendOutcome Put(LoggedReading reading)
    {
        if (reading.IsRemoval) return PutRemoval(reading);
        var group = store.Group(reading.Group);
        return group.Append(reading.Time, [.. reading.Samples.Select(s => new SeriesSample(group.Series(s.Series), s.Value, s.Suspect ? SampleFlags.Suspect : 0))]);
    }

    private AppendOutcome PutRemoval(LoggedReading removal)
    {
        var group = store.Group(removal.Group);
        var removed = removal.Samples.Count(s => group.FindSeries(s.Series) is >= 0 and var series && group.Remove(removal.Time, series));
        if (removed > 0) store.RestoreNewest(group);
        return removed > 0 ? AppendOutcome.Replaced : AppendOutcome.Duplicate;
    }

    private void CommitWhileAppending()
    {
        var snapshot = store.BeginCommit(Encoding.UTF8.GetBytes(log.Count.ToString(CultureInfo.InvariantCulture)));
        var committed = snapshot.CompleteAsync();
        Append(random.Next(1, 400));
        if (random.Next(2) == 0) Compare(everything: false);
        committed.GetAwaiter().GetResult();
    }

    private void Crash()
    {
        store.Dispose();
        store = StoreTesting.Open(directory, damaged => throw new InvalidOperationException($"damaged {damaged}"));
        var from = store.Token() is { Length: > 0 } token ? int.Parse(token, CultureInfo.InvariantCulture) : 0;
        foreach (var reading in log.Skip(from)) Put(reading);
    }

    private void Compare(bool everything)
    {
        foreach (var key in model.Keys)
        {
            if (!everything && random.Next(3) != 0) continue;
            var end = Clock(key.Group) + 1;
            var from = everything ? UtcTime.MinUs : end - random.NextInt64(1, 5000 * period);
            var to = everything ? UtcTime.MaxUs : from + random.NextInt64(1, end - from + 2);
            CompareRaw(key, from, to);
            CompareBuckets(key, from, to, Steps[random.Next(Steps.Length)]);
            CompareNewest(key);
        }
    }

    private void CompareRaw((string Group, string Series) key, long from, long to)
    {
        using var result = store.Query(store.FindGroup(key.Group)!, new SeriesQuery(key.Series, from, to, QueryStep.Raw));
        var expected = model.Raw(key, from, to);
        result.Count.ShouldBe(expected.Length, $"{key} raw count");
        for (var i = 0; i < expected.Length; i++)
        {
            var suspect = !result.Suspects.IsEmpty && result.Suspects[i];
            (result.Times[i], result.Values[i], suspect).ShouldBe(expected[i], $"{key} raw {i}");
        }
    }

    private void CompareBuckets((string Group, string Series) key, long from, long to, long step)
    {
        const Aggregates all = (Aggregates)127;
        var query = new SeriesQuery(key.Series, from, to, QueryStep.Of(TimeSpan.FromMicroseconds(step))) { Aggregates = all };
        using var result = store.Query(store.FindGroup(key.Group)!, query);
        var expected = model.Buckets(key, from, to, step);
        result.Count.ShouldBe(expected.Length, $"{key} buckets of {step}");
        for (var i = 0; i < expected.Length; i++)
        {
            var bucket = new ModelBucket(
                result.Times[i],
                (long)result[Aggregates.Count][i],
                (decimal)result[Aggregates.Sum][i],
                result[Aggregates.Min][i],
                result[Aggregates.Max][i],
                result[Aggregates.First][i],
                result[Aggregates.Last][i]);
            bucket.ShouldBe(expected[i], $"{key} bucket {i} of {step}");
        }
    }

    private void CompareNewest((string Group, string Series) key)
    {
        var newest = new List<NewestValue>();
        store.FindGroup(key.Group)!.CopyNewest(newest);
        var found = newest.Where(n => n.Name == key.Series).Select(n => ((long, double)?)(n.TimeUs, n.Value)).SingleOrDefault();
        found.ShouldBe(model.Newest(key), $"{key} newest");
    }

    private (string Series, double Value, bool Suspect)[] Samples()
    {
        if (random.Next(15) == 0) return [("rare", random.Next(100) / 4.0, false)];
        var samples = new List<(string, double, bool)>();
        foreach (var name in Names)
        {
            if (name == "rare" || random.Next(20) == 0) continue;
            var value = name switch
            {
                "temperature" => random.Next(200, 300) / 10.0,
                "power" => random.Next(0, 100_000) / 100.0,
                "count" => log.Count,
                _ => random.Next(2),
            };
            samples.Add((name, value, random.Next(200) == 0));
        }

        return samples.Count == 0 ? [("open", 1, false)] : [.. samples];
    }

    private long Clock(string group) => clocks.GetValueOrDefault(group, StoreTesting.Start);
}
