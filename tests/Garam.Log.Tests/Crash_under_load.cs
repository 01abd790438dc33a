using System.Collections.Concurrent;
using Garam.Log.Tests.Simulation;

namespace Garam.Log.Tests;

/// <summary>The crash comes while the flush thread and several producers are at work, at an operation that the seed chooses.</summary>
public sealed class Crash_under_load(ITestOutputHelper output)
{
    private const int Producers = 4;
    private const int Each = 1000;

    [Fact]
    public async Task What_producers_were_told_is_durable_is_there_in_their_order_once()
    {
        var acknowledged = 0;
        for (var seed = 0; seed < 200; seed++)
        {
            try
            {
                acknowledged += await CrashOnce(seed);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed} fails: {e.Message}", e);
            }
        }
        output.WriteLine($"{acknowledged} acknowledged records.");
        acknowledged.ShouldBeGreaterThan(5000);
    }

    private static async Task<int> CrashOnce(int seed)
    {
        var simulated = new SimulatedLog(seed);
        simulated.Options = simulated.Options with { GroupDelayMax = TimeSpan.FromMilliseconds(seed % 2) };
        var log = simulated.Open(flushThread: true);
        simulated.Storage.ShortWriteChance = 0.1;
        simulated.Storage.StopAfter = simulated.Storage.Operations + new Random(seed).Next(400);
        var acknowledged = new ConcurrentBag<long>();
        await Task.WhenAll(Enumerable.Range(0, Producers).Select(producer => Task.Run(() => Produce(log, producer, acknowledged))));
        try
        {
            await log.DisposeAsync();
        }
        catch (SimulatedCrashException)
        {
            // The machine stopped while the log was closing.
        }

        simulated.Storage.LosePower();
        simulated.Storage.ShortWriteChance = 0;
        await using var again = simulated.Open();
        again.Recovery.Corruptions.ShouldBeEmpty();
        var keys = ReadKeys(again);
        keys.ShouldBeUnique();
        acknowledged.Except(keys).ShouldBeEmpty();
        foreach (var producer in keys.GroupBy(key => key / Each)) producer.ShouldBe(producer.Order());
        return acknowledged.Count;
    }

    private static async Task Produce(DurableLog log, int producer, ConcurrentBag<long> acknowledged)
    {
        try
        {
            for (var i = 0L; i < Each; i++)
            {
                var key = producer * Each + i;
                LogPosition position;
                while (!log.TryAppend(default, Record.Of(key, 60), out position)) await log.WaitForRoomAsync(SimulatedLog.Limit);
                await log.WaitDurableAsync(position, SimulatedLog.Limit);
                acknowledged.Add(key);
            }
        }
        catch (LogFailedException)
        {
            // From here on nothing is acknowledged.
        }
    }

    private static List<long> ReadKeys(DurableLog log)
    {
        using var reader = log.OpenReader(log.First);
        var block = new LogBlock(2048);
        var keys = new List<long>();
        while (reader.Read(block) > 0)
        {
            for (var i = 0; i < block.Count; i++)
            {
                var key = BitConverter.ToInt64(block[i]);
                block[i].SequenceEqual(Record.Of(key, 60)).ShouldBeTrue();
                keys.Add(key);
            }
        }
        reader.RecordsLost.ShouldBe(0);
        return keys;
    }
}
