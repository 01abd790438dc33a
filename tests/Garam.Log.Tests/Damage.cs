using Garam.Log.Tests.Simulation;

namespace Garam.Log.Tests;

public sealed class Damage(ITestOutputHelper output)
{
    private const string FirstSegment = "/log/0000000000000000000.seg";
    private const int FrameBytes = 116;

    private readonly SimulatedLog _simulated = new();

    [Fact]
    public void A_rotten_byte_in_a_closed_segment_costs_one_record_and_the_reader_says_which()
    {
        var reports = new List<LogCorruption>();
        _simulated.Options = _simulated.Options with { CorruptionFound = reports.Add };
        var log = Filled(100);
        _simulated.Storage.Content(FirstSegment).Rot(64 + 5 * FrameBytes + 40);

        using var reader = log.OpenReader(LogPosition.Zero);
        SimulatedLog.ReadAll(log, reader).ShouldBe(SimulatedLog.Positions(0, 100).Where(position => position != 5));
        reader.RecordsLost.ShouldBe(1);
        reports.ShouldBe([new LogCorruption(FirstSegment, 64 + 5 * FrameBytes, FrameBytes, new LogPosition(5), 1)]);
        log.RecordsLostWhileReading.ShouldBe(1);
        log.TryRead(new LogPosition(5), new LogBlock()).ShouldBeFalse();
        log.TryRead(new LogPosition(6), new LogBlock()).ShouldBeTrue();
    }

    [Fact]
    public void Damage_in_the_middle_of_the_newest_segment_is_not_taken_for_its_end()
    {
        var log = Filled(20);
        Kill();
        _simulated.Storage.Content(FirstSegment).Rot(64 + 5 * FrameBytes + 2);
        _simulated.Storage.Content(FirstSegment).Rot(64 + 6 * FrameBytes + 1);

        log = _simulated.Open();
        log.Recovery.Corruptions.ShouldBe([new LogCorruption(FirstSegment, 64 + 5 * FrameBytes, 2 * FrameBytes, new LogPosition(5), 2)]);
        log.Recovery.TailBytesCut.ShouldBe(0);
        log.Next.Value.ShouldBe(20);
        SimulatedLog.ReadAll(log).Count.ShouldBe(18);
    }

    [Fact]
    public void A_torn_last_group_is_cut_even_when_its_end_has_reached_the_disk()
    {
        var log = Filled(5);
        for (var i = 5; i < 15; i++) log.Append(default, Record.Of(i, 100));
        log.FlushOnce();
        Kill();
        // The sectors of one write arrive in any order: here one in the middle is missing.
        _simulated.Storage.Content(FirstSegment).Rot(64 + 8 * FrameBytes);

        log = _simulated.Open();
        log.Recovery.Corruptions.ShouldBeEmpty();
        log.Recovery.TailBytesCut.ShouldBe(7 * FrameBytes);
        log.Next.Value.ShouldBe(8);
    }

    [Fact]
    public void Damage_before_a_checkpoint_is_no_torn_tail()
    {
        var log = Filled(5);
        for (var i = 5; i < 15; i++) log.Append(default, Record.Of(i, 100));
        log.FlushOnce();
        log.SetCheckpoint("consumer", new LogPosition(12));
        Kill();
        _simulated.Storage.Content(FirstSegment).Rot(64 + 8 * FrameBytes);

        log = _simulated.Open();
        log.Recovery.RecordsLost.ShouldBe(1);
        log.Next.Value.ShouldBe(15);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void After_an_orderly_close_even_the_last_group_is_known_to_have_been_durable(bool verifyAll)
    {
        var log = Filled(5);
        for (var i = 5; i < 15; i++) log.Append(default, Record.Of(i, 100));
        log.FlushOnce();
        Close(log);
        _simulated.Storage.Content(FirstSegment).Rot(64 + 8 * FrameBytes);
        _simulated.Options = _simulated.Options with { VerifyAllOnOpen = verifyAll };

        log = _simulated.Open();
        log.Recovery.RecordsLost.ShouldBe(verifyAll ? 1 : 0);
        log.Recovery.TailBytesCut.ShouldBe(0);
        log.Next.Value.ShouldBe(15);
        SimulatedLog.ReadAll(log).ShouldBe(SimulatedLog.Positions(0, 15).Where(position => position != 8));
    }

    [Fact]
    public void A_segment_that_became_shorter_after_an_orderly_close_is_reported_and_its_numbers_are_not_given_again()
    {
        Close(Filled(15));
        _simulated.Storage.Content(FirstSegment).SetLength(64 + 10 * FrameBytes + 50);

        var log = _simulated.Open();
        log.Recovery.RecordsLost.ShouldBe(5);
        log.Next.Value.ShouldBe(15);
        using var reader = log.OpenReader(LogPosition.Zero);
        SimulatedLog.ReadAll(log, reader).ShouldBe(SimulatedLog.Positions(0, 10));
        reader.RecordsLost.ShouldBe(5);
        reader.WaitAsync().AsTask().IsCompleted.ShouldBeFalse();
        SimulatedLog.Fill(log, 2);
        SimulatedLog.ReadAll(log, reader).ShouldBe([15, 16]);
        SimulatedLog.ReadAll(log).ShouldBe(SimulatedLog.Positions(0, 10).Concat(SimulatedLog.Positions(15, 17)));
    }

    [Fact]
    public void A_damaged_header_costs_no_record()
    {
        var log = Filled(100);
        Close(log);
        foreach (var name in _simulated.Storage.Names.Where(name => name.EndsWith(".seg", StringComparison.Ordinal))) _simulated.Storage.Content(name).Rot(20);

        log = _simulated.Open();
        log.Recovery.Corruptions.Count.ShouldBe(log.Segments.Snapshot.Length);
        log.Recovery.RecordsLost.ShouldBe(0);
        SimulatedLog.ReadAll(log).ShouldBe(SimulatedLog.Positions(0, 100));
    }

    [Fact]
    public void Without_its_index_or_with_a_damaged_one_a_segment_is_read_instead()
    {
        var log = Filled(100);
        Close(log);
        foreach (var name in _simulated.Storage.Names.Where(name => name.EndsWith(".idx", StringComparison.Ordinal)).ToList())
        {
            if (name.Contains("00000.", StringComparison.Ordinal)) _simulated.Storage.Delete(name);
            else _simulated.Storage.Content(name).Rot(30);
        }
        log = _simulated.Open();
        log.Recovery.Corruptions.ShouldBeEmpty();
        log.Recovery.BytesScanned.ShouldBe(100 * FrameBytes);
        SimulatedLog.ReadAll(log).ShouldBe(SimulatedLog.Positions(0, 100));
        Close(log);
        _simulated.Open().Recovery.BytesScanned.ShouldBe(0);
    }

    [Fact]
    public void Without_its_meta_file_the_log_knows_its_salt_from_the_segments()
    {
        Close(Filled(40));
        _simulated.Storage.Content("/log/log.meta").Rot(13);
        _simulated.Options = _simulated.Options with { Seed = 99 };
        SimulatedLog.ReadAll(_simulated.Open()).ShouldBe(SimulatedLog.Positions(0, 40));
    }

    [Fact]
    public void When_no_record_can_be_verified_nothing_is_cut()
    {
        Close(Filled(20));
        var before = _simulated.Storage.Content(FirstSegment).Seen.ToArray();
        _simulated.Storage.Content("/log/log.meta").Rot(13);
        _simulated.Storage.Content(FirstSegment).Rot(5);
        Should.Throw<InvalidDataException>(() => _simulated.Open()).Message.ShouldContain("log.meta");
        _simulated.Storage.Content(FirstSegment).Rot(5);
        _simulated.Storage.Content(FirstSegment).Seen.SequenceEqual(before).ShouldBeTrue();
        SimulatedLog.ReadAll(_simulated.Open()).Count.ShouldBe(20);
    }

    [Fact]
    public void A_renamed_segment_is_refused_and_not_taken_for_damage()
    {
        Close(Filled(20));
        _simulated.Storage.Rename(FirstSegment, "/log/0000000000000000001.seg");
        Should.Throw<InvalidDataException>(() => _simulated.Open());
        _simulated.Storage.Rename("/log/0000000000000000001.seg", FirstSegment);
        SimulatedLog.ReadAll(_simulated.Open()).Count.ShouldBe(20);
    }

    [Fact]
    public void A_missing_segment_is_reported_and_the_rest_is_read()
    {
        var log = Filled(100);
        var missing = log.Segments.Snapshot[1];
        Close(log);
        _simulated.Storage.Delete(missing.FilePath);

        log = _simulated.Open();
        log.Recovery.RecordsLost.ShouldBe(missing.End.Position - missing.First);
        using var reader = log.OpenReader(LogPosition.Zero);
        SimulatedLog.ReadAll(log, reader).ShouldBe(SimulatedLog.Positions(0, missing.First).Concat(SimulatedLog.Positions(missing.End.Position, 100)));
        reader.RecordsLost.ShouldBe(log.Recovery.RecordsLost);
    }

    [Fact]
    public void A_payload_that_looks_like_frames_of_this_log_is_never_taken_for_one()
    {
        var log = Filled(10);
        var bytes = _simulated.Storage.Content(FirstSegment).Seen.ToArray();
        // The attacker knows frames of another log: same positions, another salt.
        var other = new SimulatedLog();
        other.Options = other.Options with { Seed = 2 };
        var otherLog = other.Open();
        SimulatedLog.Fill(otherLog, 20);
        var forged = other.Storage.Content(FirstSegment).Seen.Slice(64 + 11 * FrameBytes, 8 * FrameBytes).ToArray();
        log.Append(default, forged);
        log.FlushOnce();
        SimulatedLog.Fill(log, 3);
        _simulated.Storage.Content(FirstSegment).Rot(64 + 10 * FrameBytes + 1);

        var positions = new List<long>();
        using var reader = log.OpenReader(LogPosition.Zero);
        var block = new LogBlock();
        while (reader.Read(block) > 0)
            for (var i = 0; i < block.Count; i++) positions.Add(block.PositionOf(i).Value);
        positions.ShouldBe(SimulatedLog.Positions(0, 14).Where(position => position != 10));
    }

    /// <summary>Whatever has happened to the files: opening and reading end, and what is read is what was written.</summary>
    [Fact]
    public void Any_damage_to_any_file_leaves_a_log_that_opens_or_says_why_and_never_lies()
    {
        for (var seed = 0; seed < 1500; seed++)
        {
            try
            {
                DamageAtRandom(seed);
            }
            catch (Exception e)
            {
                output.WriteLine($"Seed {seed} fails.");
                throw new InvalidOperationException($"Seed {seed} fails: {e.Message}", e);
            }
        }
    }

    private static void DamageAtRandom(int seed)
    {
        var random = new Random(seed);
        var simulated = new SimulatedLog(seed);
        var log = simulated.Open();
        SimulatedLog.Fill(log, 60);
        if (random.Next(2) == 0) Close(log);
        else simulated.Storage.KillProcess();
        for (var hits = random.Next(1, 6); hits > 0; hits--)
        {
            var names = simulated.Storage.Names.Where(name => !name.EndsWith(".lock", StringComparison.Ordinal)).ToList();
            var content = simulated.Storage.Content(names[random.Next(names.Count)]);
            if (content.Length == 0) continue;
            switch (random.Next(4))
            {
                case 0: content.SetLength(random.Next(content.Length)); break;
                case 1: content.Write(random.Next(content.Length), Garbage(random)); break;
                case 2: content.Write(random.Next(content.Length), content.Seen[random.Next(content.Length)..].ToArray()); break;
                default: content.Rot(random.Next(content.Length)); break;
            }
        }
        try
        {
            log = simulated.Open();
        }
        catch (Exception e) when (e is LogVersionException or InvalidDataException)
        {
            return;
        }
        var read = SimulatedLog.ReadAll(log);
        read.ShouldBe(read.Order());
        SimulatedLog.Fill(log, 40);
        // A frame that the damage has moved may come to light now; what is new is all there in any case.
        var all = SimulatedLog.ReadAll(log);
        all.ShouldBe(all.Distinct().Order());
        read.ShouldBeSubsetOf(all);
        all.TakeLast(40).ShouldBe(SimulatedLog.Positions(log.Next.Value - 40, log.Next.Value));
    }

    private static byte[] Garbage(Random random)
    {
        var bytes = new byte[random.Next(1, 700)];
        random.NextBytes(bytes);
        return bytes;
    }

    private DurableLog Filled(int count)
    {
        var log = _simulated.Open();
        SimulatedLog.Fill(log, count);
        return log;
    }

    private void Kill() => _simulated.Storage.KillProcess();

    private static void Close(DurableLog log) => log.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
