namespace Garam.Log.Tests;

public sealed class Retention
{
    private readonly SimulatedLog _simulated = new();

    [Fact]
    public void By_size_the_oldest_segments_go_until_the_rest_fits()
    {
        var log = Open(_simulated.Options with { RetainBytes = 10_000 });
        SimulatedLog.Fill(log, 200);
        log.Bytes.ShouldBeGreaterThan(20_000);
        log.ApplyRetention().ShouldBeGreaterThan(10_000);
        log.Bytes.ShouldBeInRange(10_000 - 4096, 10_000);
        SimulatedLog.ReadAll(log).ShouldBe(SimulatedLog.Positions(log.First.Value, 200));
        _simulated.Storage.Names.Count(name => name.EndsWith(".idx", StringComparison.Ordinal)).ShouldBe(log.Segments.Snapshot.Length - 1);
    }

    [Fact]
    public void By_age_a_segment_goes_when_its_newest_record_is_too_old()
    {
        var log = Open(_simulated.Options with { RetainFor = TimeSpan.FromHours(2), SegmentAgeMax = TimeSpan.FromMinutes(30) });
        for (var i = 0; i < 100; i++)
        {
            SimulatedLog.Fill(log, 1);
            _simulated.Time.Advance(TimeSpan.FromMinutes(5));
        }
        log.ApplyRetention();
        // 100 records, one every 5 minutes: those of the last two hours are 24, and the oldest segment kept has up to 7 more.
        log.First.Value.ShouldBeInRange(100 - 24 - 7, 100 - 24);
    }

    [Fact]
    public void What_a_checkpoint_still_needs_stays()
    {
        var log = Open(_simulated.Options with { RetainBytes = 1 });
        SimulatedLog.Fill(log, 200);
        log.SetCheckpoint("fast", new LogPosition(200));
        log.SetCheckpoint("slow", new LogPosition(77));
        log.ApplyRetention();
        log.First.Value.ShouldBeInRange(77 - 35, 77);
        log.TryRead(new LogPosition(77), new LogBlock()).ShouldBeTrue();

        log.RemoveCheckpoint("slow");
        log.ApplyRetention();
        log.Segments.Snapshot.Length.ShouldBe(1);
    }

    [Fact]
    public void A_reader_inside_a_removed_segment_reads_it_to_its_end_and_then_is_told()
    {
        var log = Open(_simulated.Options with { RetainBytes = 1 });
        SimulatedLog.Fill(log, 200);
        using var reader = log.OpenReader(LogPosition.Zero);
        var block = new LogBlock(300);
        reader.Read(block).ShouldBe(2);
        var inSegment = log.Segments.Snapshot[1].First;
        log.ApplyRetention();

        while (reader.Next.Value < inSegment) reader.Read(block).ShouldBeGreaterThan(0);
        var gone = Should.Throw<LogPositionGoneException>(() => reader.Read(block));
        gone.Position.Value.ShouldBe(inSegment);
        gone.First.ShouldBe(log.First);
        Should.Throw<LogPositionGoneException>(() => log.OpenReader(LogPosition.Zero));
        Should.Throw<LogPositionGoneException>(() => log.TryRead(LogPosition.Zero, block));

        reader.Seek(log.First);
        reader.Read(block).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task The_newest_segment_always_stays_so_that_numbering_goes_on()
    {
        var log = Open(_simulated.Options with { RetainFor = TimeSpan.FromHours(1) });
        SimulatedLog.Fill(log, 50);
        _simulated.Time.Advance(TimeSpan.FromDays(1000));
        log.ApplyRetention();
        await log.DisposeAsync();
        _simulated.Open().Next.Value.ShouldBe(50);
    }

    [Fact]
    public void A_time_leads_to_the_segment_in_use_then()
    {
        var log = Open(_simulated.Options with { SegmentAgeMax = TimeSpan.FromMinutes(30) });
        var start = _simulated.Time.GetUtcNow();
        for (var i = 0; i < 100; i++)
        {
            SimulatedLog.Fill(log, 1);
            _simulated.Time.Advance(TimeSpan.FromMinutes(5));
        }
        log.FirstAppendedSince(start.AddMinutes(5 * 60)).Value.ShouldBeInRange(60 - 7, 60);
        log.FirstAppendedSince(DateTimeOffset.MinValue).Value.ShouldBe(0);
    }

    private DurableLog Open(LogOptions options)
    {
        _simulated.Options = options;
        return _simulated.Open();
    }
}
