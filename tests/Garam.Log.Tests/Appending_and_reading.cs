namespace Garam.Log.Tests;

public sealed class Appending_and_reading
{
    private static CancellationToken Limit => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    [Fact]
    public async Task Records_come_back_in_order_after_the_log_was_closed_and_opened_again()
    {
        using var folder = new TemporaryFolder();
        await using (var log = DurableLog.Open(folder.Path, SmallOptions))
        {
            for (var i = 0L; i < 2000; i++)
            {
                while (!log.TryAppend(Record.Of(i, 40).AsSpan(0, 10), Record.Of(i, 40).AsSpan(10), out var position))
                    await log.WaitForRoomAsync(Limit);
                if (i % 100 == 0) await log.WaitDurableAsync(new LogPosition(i), Limit);
            }
        }
        await using (var log = DurableLog.Open(folder.Path, SmallOptions))
        {
            log.Next.Value.ShouldBe(2000);
            log.Recovery.TailBytesCut.ShouldBe(0);
            log.Recovery.Corruptions.ShouldBeEmpty();
            log.Segments.Snapshot.Length.ShouldBeGreaterThan(3);
            ReadAll(log).ShouldBe(Enumerable.Range(0, 2000).Select(i => (long)i));
        }
    }

    [Fact]
    public async Task A_reader_follows_the_tail()
    {
        using var folder = new TemporaryFolder();
        await using var log = DurableLog.Open(folder.Path, SmallOptions);
        using var reader = log.OpenReader(LogPosition.Zero);
        var block = new LogBlock();
        reader.Read(block).ShouldBe(0);
        for (var i = 0L; i < 50; i++)
        {
            var waiting = reader.WaitAsync(Limit);
            log.Append(default, Record.Of(i, 100)).Value.ShouldBe(i);
            await waiting;
            reader.Read(block).ShouldBe(1);
            block.First.Value.ShouldBe(i);
            block[0].ToArray().ShouldBe(Record.Of(i, 100));
        }
    }

    [Fact]
    public async Task Any_record_is_found_by_its_position()
    {
        using var folder = new TemporaryFolder();
        var options = new LogOptions { SegmentBytes = 1 << 20, GroupBytesMax = 256 << 10, CongestedBytes = 128 << 10, RecordBytesMax = 100_000, FreeBytesReserve = 0 };
        await using var log = DurableLog.Open(folder.Path, options);
        for (var i = 0L; i < 20_000; i++)
            while (!log.TryAppend(default, Record.Of(i, Record.LengthOf(i, 2000)), out _)) await log.WaitForRoomAsync(Limit);
        await log.WaitDurableAsync(new LogPosition(19_999), Limit);
        var block = new LogBlock();
        foreach (var i in Enumerable.Range(0, 1000).Select(i => i * 7919L % 20_000))
        {
            log.TryRead(new LogPosition(i), block).ShouldBeTrue();
            block.Count.ShouldBe(1);
            block.First.Value.ShouldBe(i);
            block[0].SequenceEqual(Record.Of(i, Record.LengthOf(i, 2000))).ShouldBeTrue();
        }
        log.TryRead(new LogPosition(20_000), block).ShouldBeFalse();
    }

    [Fact]
    public void A_reader_goes_to_any_position_and_reads_on_from_there()
    {
        var log = new SimulatedLog().Open();
        SimulatedLog.Fill(log, 200);
        using var reader = log.OpenReader(new LogPosition(150));
        foreach (var position in new long[] { 150, 3, 4, 199, 34, 35, 100, 0, 200 })
        {
            reader.Seek(new LogPosition(position));
            SimulatedLog.ReadAll(log, reader).ShouldBe(SimulatedLog.Positions(position, 200));
        }
        Should.Throw<ArgumentOutOfRangeException>(() => reader.Seek(new LogPosition(201)));
        Should.Throw<ArgumentOutOfRangeException>(() => log.OpenReader(new LogPosition(201)));
    }

    internal static LogOptions SmallOptions { get; } = new()
    {
        SegmentBytes = 16 << 10,
        GroupBytesMax = 8 << 10,
        CongestedBytes = 4 << 10,
        RecordBytesMax = 4 << 10,
        PreallocateBytes = 4 << 10,
        FreeBytesReserve = 0,
    };

    private static List<long> ReadAll(DurableLog log)
    {
        using var reader = log.OpenReader(log.First);
        var block = new LogBlock(4096);
        var keys = new List<long>();
        while (reader.Read(block) > 0)
        {
            for (var i = 0; i < block.Count; i++)
            {
                block.PositionOf(i).Value.ShouldBe(keys.Count + log.First.Value);
                keys.Add(BitConverter.ToInt64(block[i]));
            }
        }
        return keys;
    }
}
