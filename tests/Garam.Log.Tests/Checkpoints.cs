using Garam.Log.Tests.Simulation;

namespace Garam.Log.Tests;

public sealed class Checkpoints
{
    private readonly SimulatedLog _simulated = new();

    [Fact]
    public void A_checkpoint_survives_the_loss_of_power_right_after_it_was_set()
    {
        var log = _simulated.Open();
        SimulatedLog.Fill(log, 10);
        log.GetCheckpoint("pipeline").ShouldBeNull();
        log.SetCheckpoint("pipeline", new LogPosition(7));
        _simulated.Storage.LosePower();
        _simulated.Open().GetCheckpoint("pipeline").ShouldBe(new LogPosition(7));
    }

    [Fact]
    public void Only_durable_records_can_be_passed()
    {
        var log = _simulated.Open();
        log.Append(default, default);
        Should.Throw<ArgumentOutOfRangeException>(() => log.SetCheckpoint("a", new LogPosition(1)));
        log.FlushOnce();
        log.SetCheckpoint("a", new LogPosition(1));
        Should.Throw<ArgumentOutOfRangeException>(() => log.SetCheckpoint("a", new LogPosition(-1)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../x")]
    [InlineData("A")]
    [InlineData(".hidden")]
    [InlineData("a/b")]
    [InlineData("a b")]
    public void A_name_that_is_no_safe_file_name_is_refused(string name) =>
        Should.Throw<ArgumentException>(() => _simulated.Open().SetCheckpoint(name, LogPosition.Zero));

    [Fact]
    public async Task A_damaged_checkpoint_is_reported_and_holds_back_retention_until_it_is_set_again()
    {
        _simulated.Options = _simulated.Options with { RetainBytes = 1 };
        var log = _simulated.Open();
        SimulatedLog.Fill(log, 100);
        log.SetCheckpoint("slow", new LogPosition(5));
        log.SetCheckpoint("fast", new LogPosition(100));
        await log.DisposeAsync();
        _simulated.Storage.Content("/log/slow.checkpoint").Rot(10);

        log = _simulated.Open();
        log.Recovery.DamagedCheckpoints.ShouldBe(["slow"]);
        log.GetCheckpoint("slow").ShouldBeNull();
        log.ApplyRetention().ShouldBe(0);
        log.SetCheckpoint("slow", new LogPosition(90));
        log.ApplyRetention().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Numbers_that_a_consumer_has_passed_are_never_given_again_when_the_records_are_gone()
    {
        var log = _simulated.Open();
        SimulatedLog.Fill(log, 10);
        log.SetCheckpoint("pipeline", new LogPosition(10));
        await log.DisposeAsync();
        // Somebody restored an older copy of the segment.
        var content = _simulated.Storage.Content("/log/0000000000000000000.seg");
        content.SetLength(64 + 4 * 116);
        _simulated.Storage.Delete("/log/0000000000000000000.idx");

        for (var i = 0; i < 2; i++)
        {
            log = _simulated.Open();
            log.Next.Value.ShouldBe(10);
            log.Recovery.Corruptions.Single().ShouldBe(new LogCorruption("/log/0000000000000000000.seg", 64 + 4 * 116, 0, new LogPosition(4), 6));
            await log.DisposeAsync();
        }
        log = _simulated.Open();
        SimulatedLog.Fill(log, 5);
        SimulatedLog.ReadAll(log).ShouldBe([0, 1, 2, 3, 10, 11, 12, 13, 14]);
    }

    [Fact]
    public void Their_number_is_bounded()
    {
        var log = _simulated.Open();
        for (var i = 0; i < 1024; i++) log.SetCheckpoint($"c{i}", LogPosition.Zero);
        Should.Throw<InvalidOperationException>(() => log.SetCheckpoint("one-more", LogPosition.Zero));
        log.SetCheckpoint("c5", LogPosition.Zero);
    }
}
