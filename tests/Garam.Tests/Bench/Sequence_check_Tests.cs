using Garam.Bench.Crash;
using Garam.Bench.Load;

namespace Garam.Tests.Bench;

public sealed class Sequence_check_Tests
{
    private const long FirstTime = 1_763_000_000_000;

    [Fact]
    public void All_there_once_is_right()
    {
        var check = new SequenceCheck(FirstTime, firstSequence: 100, sent: 10, acknowledged: 8);

        for (var n = 0; n < 9; n++)
            Add(check, n);

        (check.Found, check.Missing, check.Wrong).ShouldBe((9, 0, 0));
    }

    [Fact]
    public void An_acknowledged_message_that_is_not_there_is_missing_an_unacknowledged_one_is_not()
    {
        var check = new SequenceCheck(FirstTime, firstSequence: 100, sent: 10, acknowledged: 8);

        Add(check, 0);

        check.Missing.ShouldBe(7);
    }

    [Fact]
    public void Twice_or_under_another_time_or_never_sent_is_wrong()
    {
        var check = new SequenceCheck(FirstTime, firstSequence: 100, sent: 10, acknowledged: 0);
        Add(check, 3);

        Add(check, 3);
        check.Add(FirstTime + 104, TelemetryPacket.SequenceBase + 105);
        Add(check, 10);
        Add(check, -1);

        (check.Found, check.Wrong).ShouldBe((1, 4));
    }

    private static void Add(SequenceCheck check, int place) => check.Add(FirstTime + 100 + place, TelemetryPacket.SequenceBase + 100 + place);
}
