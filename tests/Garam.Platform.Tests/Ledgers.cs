namespace Garam.Platform.Tests;

/// <summary>received = stored + filtered + duplicate + dead + in flight; the checkpoint's bytes (docs/formats/checkpoint.md).</summary>
public sealed class Ledgers
{
    private const long DayUs = 86_400_000_000;

    [Fact]
    public void Counts_of_all_lanes_are_added_by_the_day_of_receipt()
    {
        var ledger = new Ledger(2, default);
        ledger.Lane(0).Count(MessageState.Stored, ManualTime.StartUs, 3);
        ledger.Lane(1).Count(MessageState.Dead, ManualTime.StartUs);
        ledger.Lane(1).Count(MessageState.Filtered, ManualTime.StartUs + DayUs);
        Publish(ledger, 2);

        ledger.Days().ShouldBe([
            (new DateOnly(2026, 3, 1), new LedgerCounts(3, 0, 0, 1)),
            (new DateOnly(2026, 3, 2), new LedgerCounts(0, 1, 0, 0))]);
        ledger.Total().ShouldBe(new LedgerCounts(3, 1, 0, 1));
    }

    [Fact]
    public void A_count_is_seen_when_its_block_is_done()
    {
        var ledger = new Ledger(1, default);
        ledger.Lane(0).Count(MessageState.Stored, ManualTime.StartUs);
        ledger.Total().Processed.ShouldBe(0);

        ledger.Lane(0).Publish();

        ledger.Total().Processed.ShouldBe(1);
    }

    [Fact]
    public void A_day_ends_at_midnight_utc()
    {
        var ledger = new Ledger(1, default);
        var midnight = ManualTime.StartUs / DayUs * DayUs;
        ledger.Lane(0).Count(MessageState.Stored, midnight - 1);
        ledger.Lane(0).Count(MessageState.Stored, midnight);
        Publish(ledger, 1);

        ledger.Days().Select(d => d.Day.Day).ShouldBe([28, 1]);
    }

    [Fact]
    public void The_checkpoint_holds_position_total_and_days()
    {
        var ledger = new Ledger(1, default);
        ledger.Lane(0).Count(MessageState.Duplicate, ManualTime.StartUs, 4);
        Publish(ledger, 1);

        var again = new Ledger(3, ledger.Token(77));

        again.StartPosition.ShouldBe(77);
        again.Total().ShouldBe(ledger.Total());
        again.Days().ShouldBe(ledger.Days());
        again.SinceStart().ShouldBe(default);
    }

    [Fact]
    public void Counting_goes_on_where_the_checkpoint_left_off()
    {
        var first = new Ledger(1, default);
        first.Lane(0).Count(MessageState.Stored, ManualTime.StartUs, 10);
        Publish(first, 1);

        var second = new Ledger(1, first.Token(10));
        second.Lane(0).Count(MessageState.Stored, ManualTime.StartUs, 5);
        Publish(second, 1);

        second.Days().Single().Counts.Stored.ShouldBe(15);
        second.SinceStart().Stored.ShouldBe(5);
        second.Check(15).ShouldBe(0);
    }

    [Fact]
    public void Checkpoints_of_version_1_stay_readable()
    {
        var ledger = new Ledger(1, Testdata.Hex("checkpoint-1.hex"));

        ledger.StartPosition.ShouldBe(1_234_567);
        ledger.Total().ShouldBe(new LedgerCounts(1_234_000, 500, 60, 7));
        ledger.Days().ShouldBe([
            (new DateOnly(2026, 1, 1), new LedgerCounts(1_000, 100, 10, 1)),
            (new DateOnly(2026, 1, 2), new LedgerCounts(2_000, 200, 20, 2))]);
        ledger.Check(1_234_567).ShouldBe(0);
        ledger.Token(1_234_567).ShouldBe(Testdata.Hex("checkpoint-1.hex"));
    }

    [Fact]
    public void Days_beyond_those_kept_remain_in_the_total()
    {
        var ledger = new Ledger(1, default);
        for (var day = 0; day < Ledger.DaysKept + 5; day++)
            ledger.Lane(0).Count(MessageState.Stored, ManualTime.StartUs + (day * DayUs));
        Publish(ledger, 1);

        var again = new Ledger(1, ledger.Token(40));

        again.Days().Count.ShouldBe(Ledger.DaysKept);
        again.Days()[0].Day.ShouldBe(new DateOnly(2026, 3, 6));
        again.Total().Stored.ShouldBe(Ledger.DaysKept + 5);
    }

    [Theory]
    [InlineData(10, 10, 0)]
    [InlineData(10, 9, 1)]
    [InlineData(10, 11, -1)]
    public void A_check_tells_what_is_missing_or_counted_twice(long position, int counted, long remainder)
    {
        var ledger = new Ledger(1, default);
        ledger.Lane(0).Count(MessageState.Stored, ManualTime.StartUs, counted);
        Publish(ledger, 1);

        ledger.Check(position).ShouldBe(remainder);
        ledger.Remainder.ShouldBe(remainder);
    }

    [Fact]
    public void Without_a_checkpoint_everything_begins_at_nothing() => new Ledger(1, default).StartPosition.ShouldBe(0);

    [Fact]
    public void A_checkpoint_that_is_cut_or_changed_in_its_head_is_refused()
    {
        var token = Testdata.Hex("checkpoint-1.hex");
        for (var length = 1; length < token.Length; length++)
            Should.Throw<InvalidDataException>(() => new Ledger(1, token.AsSpan(0, length)), $"{length} bytes");
        Should.Throw<InvalidDataException>(() => new Ledger(1, (byte[])[2, .. token[1..]])).Message.ShouldContain("newer Garam");
        Should.Throw<InvalidDataException>(() => new Ledger(1, (byte[])[.. token, 0]));
        token[44] = 0xFF;
        Should.Throw<InvalidDataException>(() => new Ledger(1, token));
    }

    [Fact]
    public void A_checkpoint_with_an_impossible_day_is_refused()
    {
        var token = Testdata.Hex("checkpoint-1.hex");
        token[48] = 0x7F;

        Should.Throw<InvalidDataException>(() => new Ledger(1, token));
    }

    private static void Publish(Ledger ledger, int lanes)
    {
        for (var lane = 0; lane < lanes; lane++)
            ledger.Lane(lane).Publish();
    }
}
