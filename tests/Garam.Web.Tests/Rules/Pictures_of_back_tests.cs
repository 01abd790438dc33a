using Garam.Platform.Rest;
using Garam.Platform.Rules.BackTest;

namespace Garam.Web.Rules;

public sealed class Pictures_of_back_tests
{
    private const long Minute = 60_000_000;

    private static readonly TimeRange Range = new(0, 1_000 * Minute);

    [Fact]
    public void An_alarm_is_a_bar_where_it_lasted_and_a_short_one_is_wide_enough_to_be_seen()
    {
        var row = Rows(draft: [Alarm("hot", 100, 300), Alarm("hot", 700, 700)]).ShouldHaveSingleItem();
        row.Draft.Select(b => (b.From, b.To)).ShouldBe([(100, 300), (700, 705)]);
        (row.DraftCount, row.LiveCount).ShouldBe((2, 0));
    }

    [Fact]
    public void What_lasts_beyond_the_range_ends_at_its_edge()
    {
        var row = Rows(draft: [Alarm("hot", 990, null), Alarm("hot", 1_000, null)]).ShouldHaveSingleItem();
        row.Draft.ShouldAllBe(b => b.From >= 0 && b.To <= PictureRow.Width);
    }

    [Fact]
    public void Alarms_on_each_other_become_one_bar_however_many_they_are()
    {
        var row = Rows(draft: [.. Enumerable.Range(0, 5_000).Select(i => Alarm("hot", i / 5.0, (i / 5.0) + 0.1))]).ShouldHaveSingleItem();
        row.Draft.ShouldHaveSingleItem().Count.ShouldBe(5_000);
    }

    [Fact]
    public void What_both_raise_stands_apart_and_is_drawn_first()
    {
        var row = Rows(draft: [Alarm("hot", 100, 200, alone: true), Alarm("hot", 150, 250), Alarm("hot", 160, 260, alone: true)]).ShouldHaveSingleItem();
        row.Draft.Select(b => (b.IsShared, b.From, b.To, b.Count)).ShouldBe([(true, 150, 250, 1), (false, 100, 260, 2)]);
    }

    [Fact]
    public void Rows_are_rules_or_devices_and_those_that_differ_come_first()
    {
        BackTestAlarm[] draft = [Alarm("same", 1, 2), Alarm("same", 100, 101), Alarm("new", 5, 6, alone: true, device: "b")];
        Rows(draft).Select(r => r.Name).ShouldBe(["new", "same"]);
        Rows(draft, byDevice: true).Select(r => (r.Name, r.DraftCount)).ShouldBe([("b", 1), ("a", 2)]);
    }

    [Theory]
    [InlineData(400, 500, false)]
    [InlineData(10, 900, true)]
    public void A_small_part_of_the_range_is_drawn_larger(double from, double to, bool isWhole)
    {
        var axis = PictureRow.Axis(Report([Alarm("hot", from, to)], []));
        (axis == Range).ShouldBe(isWhole);
        axis.FromUs.ShouldBeInRange(Range.FromUs, (long)(from * Minute));
        axis.ToUs.ShouldBeInRange((long)(to * Minute), Range.ToUs);
        PictureRow.Axis(Report([], [])).ShouldBe(Range);
    }

    private static IReadOnlyList<PictureRow> Rows(IReadOnlyList<BackTestAlarm> draft, bool byDevice = false) => PictureRow.Of(Report(draft, []), Range, byDevice);

    private static BackTestAlarm Alarm(string rule, double from, double? to, bool alone = false, string device = "a")
    {
        var alarm = new BackTestAlarm(rule, device, device, (long)(from * Minute)) { Severity = "high", Message = "" };
        Set(nameof(BackTestAlarm.ClearedUs), to is { } end ? (long)(end * Minute) : null);
        Set(nameof(BackTestAlarm.IsShared), !alone);
        return alarm;

        // Only a run sets these; a picture must be tried without one.
        void Set(string property, object? value) => typeof(BackTestAlarm).GetProperty(property)!.SetValue(alarm, value);
    }

    private static BackTestReport Report(IReadOnlyList<BackTestAlarm> draft, IReadOnlyList<BackTestAlarm> live) => new(
        "r", 2, 1, Range.FromUs, Range.ToUs, 2, 10,
        [.. draft.Concat(live).Select(a => a.Rule).Distinct().Select(r => new BackTestRuleTotal(r, 0, 0, 0, 0, 0, 0))],
        new BackTestQuality(0, 0, 0, 0, 0, null, null), null, draft, [], 0, 1, []) { LiveRaised = live };
}
