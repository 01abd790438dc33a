namespace Garam.Log.Tests;

public sealed class Full_disk
{
    [Fact]
    public void Nothing_is_taken_and_nothing_is_lost_until_there_is_room()
    {
        var simulated = new SimulatedLog();
        var log = simulated.Open();
        SimulatedLog.Fill(log, 10);
        simulated.Storage.CapacityBytes = 2500;
        while (!log.IsFull)
        {
            log.Append(default, Record.Of(log.Next.Value, 100));
            log.FlushOnce();
        }
        var taken = log.Next.Value;
        var waiting = log.WaitDurableAsync(new LogPosition(taken - 1)).AsTask();

        log.IsCongested.ShouldBeTrue();
        log.Failure.ShouldBeNull();
        Should.Throw<LogFullException>(() => log.Append(default, default));
        log.TryAppend(default, default, out _).ShouldBeFalse();
        log.FlushOnce().ShouldBeFalse();
        waiting.IsCompleted.ShouldBeFalse();
        SimulatedLog.ReadAll(log).ShouldBe(SimulatedLog.Positions(0, taken - 1));

        simulated.Storage.CapacityBytes = long.MaxValue;
        log.FlushOnce().ShouldBeTrue();
        waiting.IsCompletedSuccessfully.ShouldBeTrue();
        SimulatedLog.Fill(log, 30);
        SimulatedLog.ReadAll(log).ShouldBe(SimulatedLog.Positions(0, taken + 30));
    }

    [Fact]
    public async Task The_log_goes_on_by_itself_once_there_is_room()
    {
        var simulated = new SimulatedLog();
        await using var log = simulated.Open(flushThread: true);
        simulated.Storage.CapacityBytes = 100;
        var record = log.Append(default, Record.Of(0, 500));
        var flushed = log.WaitDurableAsync(record, SimulatedLog.Limit);
        while (!log.IsFull) await Task.Yield();
        var room = log.WaitForRoomAsync(SimulatedLog.Limit);
        simulated.Storage.CapacityBytes = long.MaxValue;
        await flushed;
        await room;
        log.IsFull.ShouldBeFalse();
    }

    [Fact]
    public void The_reserve_is_left_to_others()
    {
        var simulated = new SimulatedLog();
        simulated.Options = simulated.Options with { FreeBytesReserve = 10_000, PreallocateBytes = 4096 };
        simulated.Storage.CapacityBytes = 20_000;
        var log = simulated.Open();
        while (!log.IsFull)
        {
            log.Append(default, Record.Of(log.Next.Value, 100));
            log.FlushOnce();
        }
        simulated.Storage.FreeBytes(SimulatedLog.Folder).ShouldBeInRange(10_000, 10_200);
    }

    [Fact]
    public void Space_that_others_use_up_stops_the_log_within_a_second_even_where_it_has_allocated()
    {
        var simulated = new SimulatedLog();
        simulated.Options = simulated.Options with { FreeBytesReserve = 10_000, PreallocateBytes = 4096 };
        simulated.Storage.CapacityBytes = 20_000;
        var log = simulated.Open();
        SimulatedLog.Fill(log, 1);
        simulated.Storage.CapacityBytes = 12_000;
        simulated.Time.Advance(TimeSpan.FromSeconds(1));
        log.Append(default, Record.Of(1, 100));
        log.FlushOnce().ShouldBeFalse();
        log.IsFull.ShouldBeTrue();
    }

    [Fact]
    public async Task Closing_on_a_full_disk_tells_who_waits_and_keeps_what_is_durable()
    {
        var simulated = new SimulatedLog();
        var log = simulated.Open(flushThread: true);
        await log.WaitDurableAsync(log.Append(default, Record.Of(0, 100)), SimulatedLog.Limit);
        simulated.Storage.CapacityBytes = 100;
        // Larger than the space allocated so far.
        var waiting = log.WaitDurableAsync(log.Append(default, Record.Of(1, 1000)), SimulatedLog.Limit).AsTask();
        await log.DisposeAsync();
        await Should.ThrowAsync<LogFailedException>(() => waiting);

        simulated.Storage.CapacityBytes = long.MaxValue;
        await using var again = simulated.Open();
        again.Next.Value.ShouldBe(1);
    }
}
