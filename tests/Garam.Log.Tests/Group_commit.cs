using Garam.Log.Tests.Simulation;

namespace Garam.Log.Tests;

public sealed class Group_commit
{
    [Fact]
    public async Task Appends_that_come_while_the_disk_is_busy_share_the_next_flush()
    {
        var simulated = new SimulatedLog();
        await using var log = simulated.Open(flushThread: true);
        await log.WaitDurableAsync(log.Append(default, Record.Of(0, 20)), SimulatedLog.Limit);
        var flushes = simulated.Storage.Flushes;

        simulated.Storage.HoldDisk();
        var waits = Enumerable.Range(1, 20).Select(i => log.WaitDurableAsync(log.Append(default, Record.Of(i, 20)), SimulatedLog.Limit).AsTask()).ToList();
        waits.ShouldAllBe(wait => !wait.IsCompleted);
        simulated.Storage.ReleaseDisk();
        await Task.WhenAll(waits);

        (simulated.Storage.Flushes - flushes).ShouldBeLessThanOrEqualTo(2);
        log.Durable.Value.ShouldBe(21);
    }

    [Fact]
    public void Nothing_is_durable_or_readable_before_its_flush()
    {
        var log = new SimulatedLog().Open();
        using var reader = log.OpenReader(LogPosition.Zero);
        var position = log.Append("a"u8, "b"u8);
        var waiting = log.WaitDurableAsync(position);

        waiting.IsCompleted.ShouldBeFalse();
        log.Durable.Value.ShouldBe(0);
        log.Next.Value.ShouldBe(1);
        reader.Read(new LogBlock()).ShouldBe(0);

        log.FlushOnce().ShouldBeTrue();
        waiting.IsCompletedSuccessfully.ShouldBeTrue();
        log.TryRead(position, new LogBlock()).ShouldBeTrue();
    }

    [Fact]
    public void A_flush_that_fails_stops_the_log_and_tells_everybody_who_waits()
    {
        var simulated = new SimulatedLog();
        var log = simulated.Open();
        SimulatedLog.Fill(log, 3);
        var flushed = log.Append(default, Record.Of(3, 50));
        var waiting = log.WaitDurableAsync(flushed).AsTask();
        var tail = log.OpenReader(log.Durable).WaitAsync().AsTask();
        simulated.Storage.FlushFailureChance = 1;
        log.FlushOnce().ShouldBeFalse();

        log.Failure.ShouldBeOfType<IOException>();
        Should.Throw<LogFailedException>(() => waiting.GetAwaiter().GetResult()).InnerException.ShouldBe(log.Failure);
        Should.Throw<LogFailedException>(() => tail.GetAwaiter().GetResult());
        Should.Throw<LogFailedException>(() => log.Append(default, default));
        log.WaitForRoomAsync().AsTask().IsFaulted.ShouldBeTrue();
        log.Durable.Value.ShouldBe(3);
        log.FlushOnce().ShouldBeFalse();
        SimulatedLog.ReadAll(log).Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_failed_log_is_closed_without_touching_its_files()
    {
        var simulated = new SimulatedLog();
        var log = simulated.Open(flushThread: true);
        simulated.Storage.FlushFailureChance = 1;
        await Should.ThrowAsync<LogFailedException>(async () => await log.WaitDurableAsync(log.Append(default, default), SimulatedLog.Limit));
        var before = simulated.Storage.Operations;
        await log.DisposeAsync();
        simulated.Storage.Operations.ShouldBe(before);
    }

    [Fact]
    public async Task Producers_are_held_back_while_too_much_waits_for_the_disk()
    {
        var simulated = new SimulatedLog();
        await using var log = simulated.Open(flushThread: true);
        simulated.Storage.HoldDisk();
        var taken = 0;
        while (log.TryAppend(default, Record.Of(taken, 100), out _)) taken++;

        log.IsCongested.ShouldBeTrue();
        Should.Throw<LogCongestedException>(() => log.Append(default, Record.Of(taken, 100)));
        var room = log.WaitForRoomAsync(SimulatedLog.Limit).AsTask();
        room.IsCompleted.ShouldBeFalse();

        simulated.Storage.ReleaseDisk();
        await room;
        log.IsCongested.ShouldBeFalse();
        log.Append(default, Record.Of(taken, 100)).Value.ShouldBe(taken);
        await log.WaitDurableAsync(new LogPosition(taken), SimulatedLog.Limit);
        SimulatedLog.ReadAll(log).ShouldBe(SimulatedLog.Positions(0, taken + 1));
    }

    [Fact]
    public async Task Closing_flushes_all_that_was_taken()
    {
        var simulated = new SimulatedLog();
        var log = simulated.Open(flushThread: true);
        simulated.Storage.HoldDisk();
        for (var i = 0; i < 15; i++) log.Append(default, Record.Of(i, 100));
        var closing = log.DisposeAsync().AsTask();
        Should.Throw<ObjectDisposedException>(() => log.Append(default, default));
        simulated.Storage.ReleaseDisk();
        await closing;

        await using var again = simulated.Open();
        SimulatedLog.ReadAll(again).ShouldBe(SimulatedLog.Positions(0, 15));
    }

    [Fact]
    public async Task Who_waits_at_the_tail_of_a_closing_log_is_told()
    {
        var log = new SimulatedLog().Open(flushThread: true);
        using var reader = log.OpenReader(LogPosition.Zero);
        var waiting = reader.WaitAsync(SimulatedLog.Limit).AsTask();
        await log.DisposeAsync();
        await Should.ThrowAsync<ObjectDisposedException>(() => waiting);
    }

    [Fact]
    public void Waiting_ends_by_cancellation_and_leaves_the_record_alone()
    {
        var log = new SimulatedLog().Open();
        using var cancellation = new CancellationTokenSource();
        var waiting = log.WaitDurableAsync(log.Append(default, Record.Of(0, 100)), cancellation.Token).AsTask();
        cancellation.Cancel();
        Should.Throw<OperationCanceledException>(() => waiting.GetAwaiter().GetResult());
        log.FlushOnce();
        SimulatedLog.ReadAll(log).ShouldBe([0]);
    }

    [Fact]
    public void A_record_that_is_too_large_is_refused_and_the_log_goes_on()
    {
        var log = new SimulatedLog().Open();
        Should.Throw<ArgumentException>(() => log.Append(new byte[1], new byte[1000])).Message.ShouldContain("RecordBytesMax");
        log.Append(default, new byte[1000]);
        log.Append(default, default);
        log.FlushOnce();
        var block = new LogBlock(64);
        log.TryRead(LogPosition.Zero, block).ShouldBeTrue();
        block[0].Length.ShouldBe(1000);
        log.TryRead(new LogPosition(1), block).ShouldBeTrue();
        block[0].Length.ShouldBe(0);
    }

    [Fact]
    public void A_position_that_was_never_given_cannot_be_waited_for() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new SimulatedLog().Open().WaitDurableAsync(LogPosition.Zero).AsTask());

    [Fact]
    public async Task Figures_add_up()
    {
        var simulated = new SimulatedLog();
        var observed = 0;
        simulated.Options = simulated.Options with { FlushObserved = _ => observed++ };
        await using var log = simulated.Open();
        SimulatedLog.Fill(log, 5);
        log.Append(default, Record.Of(5, 100));

        var figures = log.Figures;
        figures.AppendedRecords.ShouldBe(6);
        figures.AppendedBytes.ShouldBe(600);
        figures.Flushes.ShouldBe(5);
        figures.FlushedRecords.ShouldBe(5);
        figures.FlushedBytes.ShouldBe(5 * 116);
        figures.UnflushedBytes.ShouldBe(116);
        observed.ShouldBe(5);
    }

    [Fact]
    public void Appending_and_reading_allocate_nothing_in_steady_state()
    {
        var simulated = new SimulatedLog();
        simulated.Options = simulated.Options with { GroupBytesMax = 300_000, SegmentBytes = 1_000_000 };
        var log = simulated.Open();
        var record = new byte[100];
        var block = new LogBlock(50_000);
        using var reader = log.OpenReader(LogPosition.Zero);
        var allocated = long.MaxValue;
        for (var round = 0; round < 3; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1000; i++) log.Append(record, record);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            log.FlushOnce();
        }
        allocated.ShouldBe(0);

        // The simulated disk itself allocates a little for each operation: what counts is that records cost nothing.
        var read = 0;
        var start = GC.GetAllocatedBytesForCurrentThread();
        while (reader.Read(block) is var count and > 0) read += count;
        (GC.GetAllocatedBytesForCurrentThread() - start).ShouldBeLessThan(read);
        read.ShouldBe(3000);
    }

    [Fact]
    public async Task Many_producers_lose_nothing_and_keep_their_order()
    {
        const int producers = 8, each = 3000;
        var simulated = new SimulatedLog();
        simulated.Options = simulated.Options with { GroupDelayMax = TimeSpan.FromMilliseconds(1), GroupBytesMax = 100_000, SegmentBytes = 200_000 };
        await using var log = simulated.Open(flushThread: true);
        var following = Task.Run(() => Follow(log, producers * each));
        await Task.WhenAll(Enumerable.Range(0, producers).Select(producer => Task.Run(() => Produce(log, producer, each))));

        var keys = await following;
        foreach (var group in keys.GroupBy(key => key / each)) group.ShouldBe(SimulatedLog.Positions(group.Key * each, (group.Key + 1) * each));
        keys.Count.ShouldBe(producers * each);
    }

    private static async Task Produce(DurableLog log, int producer, int count)
    {
        for (var i = 0; i < count; i++)
        {
            LogPosition position;
            while (!log.TryAppend(default, Record.Of((long)producer * count + i, 30), out position)) await log.WaitForRoomAsync(SimulatedLog.Limit);
            if (i % 7 == 0) await log.WaitDurableAsync(position, SimulatedLog.Limit);
        }
    }

    private static async Task<List<long>> Follow(DurableLog log, int count)
    {
        using var reader = log.OpenReader(LogPosition.Zero);
        var block = new LogBlock(4096);
        var keys = new List<long>();
        while (keys.Count < count)
        {
            if (reader.Read(block) == 0) await reader.WaitAsync(SimulatedLog.Limit);
            for (var i = 0; i < block.Count; i++) keys.Add(BitConverter.ToInt64(block[i]));
        }
        return keys;
    }
}
