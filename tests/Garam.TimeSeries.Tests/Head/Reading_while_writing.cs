namespace Garam.TimeSeries.Tests.Head;

/// <summary>One thread appends and commits, another asks: each answer holds all that was appended before the question, once and in order.</summary>
public sealed class Reading_while_writing
{
    private const long PeriodUs = 500_000;
    private const int Readings = 60_000;

    [Fact]
    public async Task Answers_are_complete_and_exact()
    {
        using var directory = new TemporaryDirectory();
        using var store = StoreTesting.Open(directory.Path);
        var group = store.Group("device");
        var series = group.Series("n");
        long appended = 0;
        var writing = Task.Run(async () =>
        {
            var commit = Task.CompletedTask;
            for (var i = 0; i < Readings; i++)
            {
                // Every hundredth reading comes a little late, after two newer ones.
                group.Append(Time((i % 100) switch { 50 => i + 2, 51 or 52 => i - 1, _ => i }), [new SeriesSample(series, 1)]);
                if (i % 100 is not (50 or 51)) Volatile.Write(ref appended, i + 1);
                if (i % 700 != 0) continue;
                await commit;
                commit = store.BeginCommit("x"u8).CompleteAsync();
            }

            await commit;
        });

        var asked = 0;
        for (; !writing.IsCompleted || asked < 3; asked++)
        {
            CheckSamples(store, group, Volatile.Read(ref appended));
            CheckMinutes(store, group, Volatile.Read(ref appended));
        }

        await writing;
        CheckSamples(store, group, Readings);
        CheckMinutes(store, group, Readings);
        store.Statistics.DamagedBlobs.ShouldBe(0);
    }

    private static void CheckSamples(TimeSeriesStore store, SeriesGroup group, long appended)
    {
        using var result = store.Query(group, new SeriesQuery("n", UtcTime.MinUs, UtcTime.MaxUs, QueryStep.Raw));
        result.Count.ShouldBeGreaterThanOrEqualTo((int)appended);
        for (var i = 0; i < appended; i++)
            if (result.Times[i] != Time(i)) throw new InvalidOperationException($"sample {i} is at {result.Times[i]}");
    }

    private static void CheckMinutes(TimeSeriesStore store, SeriesGroup group, long appended)
    {
        var query = new SeriesQuery("n", UtcTime.MinUs, UtcTime.MaxUs, QueryStep.Of(TimeSpan.FromMinutes(1))) { Aggregates = Aggregates.Count };
        using var result = store.Query(group, query);
        var full = appended * PeriodUs / UtcTime.MinuteUs;
        for (var i = 0; i < full; i++)
            if (result.Values[i] != 120) throw new InvalidOperationException($"minute {i} of {full} has {result.Values[i]} samples");
    }

    private static long Time(long i) => StoreTesting.Start + i * PeriodUs;
}
