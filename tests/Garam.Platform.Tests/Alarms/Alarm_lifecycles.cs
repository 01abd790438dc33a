using Garam.Platform.Alarms;

namespace Garam.Platform.Tests.Alarms;

/// <summary>What people may do with an alarm, by its state.</summary>
public sealed class Alarm_lifecycles : IAsyncDisposable
{
    private readonly AlarmBed _bed = new();

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Theory]
    [InlineData(AlarmState.Raised, AlarmOrderKind.Acknowledge, AlarmState.Acknowledged)]
    [InlineData(AlarmState.Raised, AlarmOrderKind.Resolve, AlarmState.Resolved)]
    [InlineData(AlarmState.Raised, AlarmOrderKind.Dismiss, AlarmState.Closed)]
    [InlineData(AlarmState.Raised, AlarmOrderKind.Close, null)]
    [InlineData(AlarmState.Acknowledged, AlarmOrderKind.Acknowledge, null)]
    [InlineData(AlarmState.Acknowledged, AlarmOrderKind.Resolve, AlarmState.Resolved)]
    [InlineData(AlarmState.Acknowledged, AlarmOrderKind.Dismiss, AlarmState.Closed)]
    [InlineData(AlarmState.Acknowledged, AlarmOrderKind.Close, null)]
    [InlineData(AlarmState.Cleared, AlarmOrderKind.Acknowledge, null)]
    [InlineData(AlarmState.Cleared, AlarmOrderKind.Resolve, AlarmState.Resolved)]
    [InlineData(AlarmState.Cleared, AlarmOrderKind.Dismiss, AlarmState.Closed)]
    [InlineData(AlarmState.Cleared, AlarmOrderKind.Close, AlarmState.Closed)]
    [InlineData(AlarmState.Resolved, AlarmOrderKind.Acknowledge, null)]
    [InlineData(AlarmState.Resolved, AlarmOrderKind.Resolve, null)]
    [InlineData(AlarmState.Resolved, AlarmOrderKind.Dismiss, AlarmState.Closed)]
    [InlineData(AlarmState.Resolved, AlarmOrderKind.Close, AlarmState.Closed)]
    [InlineData(AlarmState.Closed, AlarmOrderKind.Acknowledge, null)]
    [InlineData(AlarmState.Closed, AlarmOrderKind.Resolve, null)]
    [InlineData(AlarmState.Closed, AlarmOrderKind.Dismiss, null)]
    [InlineData(AlarmState.Closed, AlarmOrderKind.Close, null)]
    public async Task An_order_leads_to_its_state_or_is_refused(AlarmState from, AlarmOrderKind order, AlarmState? to)
    {
        await BringToAsync(from);
        var before = _bed.Alarm();
        before.State.ShouldBe(from);

        var answer = await _bed.OrderAsync(order, note: "because");

        var after = _bed.Alarm();
        after.State.ShouldBe(to ?? from);
        after.Revision.ShouldBe(to is null ? before.Revision : before.Revision + 1);
        (answer.Refusal is null).ShouldBe(to is not null);
        answer.Alarm!.State.ShouldBe(after.State);
    }

    [Fact]
    public async Task Of_two_people_at_once_the_second_is_told_who_was_first_and_when()
    {
        await BringToAsync(AlarmState.Raised);

        var answers = await Task.WhenAll(_bed.OrderAsync(AlarmOrderKind.Acknowledge, by: "kim"), _bed.OrderAsync(AlarmOrderKind.Acknowledge, by: "lee"));

        var first = answers.Single(a => a.Refusal is null).Alarm!.AcknowledgedBy!;
        answers.Single(a => a.Refusal is not null).Refusal.ShouldBe($"It is acknowledged, by {first} at 2026-03-01T10:00:00.000Z; resolve or dismiss it.");
        _bed.Alarm().AcknowledgedBy.ShouldBe(first);
        _bed.History().ShouldBe(["raised", "acknowledged"]);
    }

    [Fact]
    public async Task An_order_on_another_revision_than_the_one_in_force_changes_nothing()
    {
        await BringToAsync(AlarmState.Acknowledged);

        (await _bed.OrderAsync(AlarmOrderKind.Resolve, revision: 1)).Refusal.ShouldStartWith("It was changed meanwhile: its revision is 2, not 1. It is acknowledged, by kim");
        (await _bed.OrderAsync(AlarmOrderKind.Resolve, revision: 2)).Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task The_progress_of_figures_is_no_change_that_a_person_would_have_to_look_at()
    {
        await BringToAsync(AlarmState.Raised);
        await _bed.TakeAsync(AlarmBed.Progress(20, 9, 80));

        (await _bed.OrderAsync(AlarmOrderKind.Acknowledge, revision: 1)).Refusal.ShouldBeNull();
        _bed.Alarm().Count.ShouldBe(9);
    }

    [Fact]
    public async Task A_resolution_confirms_unless_it_says_otherwise_and_a_dismissal_keeps_its_reason()
    {
        await _bed.TakeAsync(AlarmBed.Raise(1), AlarmBed.Raise(2, "b"), AlarmBed.Raise(3, "c"));
        await _bed.OrderAsync(AlarmOrderKind.Resolve, 1, note: "fan replaced");
        await _bed.OrderAsync(AlarmOrderKind.Resolve, 2, isConfirmed: false);
        await _bed.OrderAsync(AlarmOrderKind.Dismiss, 3, by: "lee", note: "welding nearby");

        (_bed.Alarm(1).Verdict, _bed.Alarm(1).Note, _bed.Alarm(1).ResolvedBy).ShouldBe((AlarmVerdict.Confirmed, "fan replaced", "kim"));
        _bed.Alarm(2).Verdict.ShouldBeNull();
        (_bed.Alarm(3).Verdict, _bed.Alarm(3).Note, _bed.Alarm(3).ClosedUs).ShouldBe((AlarmVerdict.Dismissed, "welding nearby", ManualTime.StartUs));
    }

    [Theory]
    [InlineData(AlarmOrderKind.Resolve, AlarmState.Resolved)]
    [InlineData(AlarmOrderKind.Dismiss, AlarmState.Closed)]
    public async Task What_people_have_ended_is_not_raised_again_until_it_has_cleared_once(AlarmOrderKind order, AlarmState state)
    {
        await BringToAsync(AlarmState.Raised);
        await _bed.OrderAsync(order, note: "known");

        await _bed.TakeAsync(AlarmBed.Progress(20, 9, 80), AlarmBed.Raise(21));
        _bed.All().Count.ShouldBe(1);
        _bed.Alarm().Count.ShouldBe(1);
        _bed.Desk.FindLasting(AlarmBed.Key()).ShouldNotBeNull();

        await _bed.TakeAsync(AlarmBed.Clear(30));
        _bed.Desk.FindLasting(AlarmBed.Key()).ShouldBeNull();
        _bed.Alarm().State.ShouldBe(state);
        _bed.Told.ShouldNotContain(e => e.Change == AlarmChange.Cleared);
        await _bed.TakeAsync(AlarmBed.Raise(31));
        _bed.Alarm(2).State.ShouldBe(AlarmState.Raised);
    }

    [Fact]
    public async Task Cleared_and_resolved_alarms_are_closed_by_time_and_open_ones_are_not()
    {
        await _bed.TakeAsync(AlarmBed.Raise(1), AlarmBed.Clear(2), AlarmBed.Raise(3, "b"), AlarmBed.Raise(4, "c"));
        await _bed.OrderAsync(AlarmOrderKind.Resolve, 3);

        await _bed.PassAsync(TimeSpan.FromHours(23));
        _bed.Alarm(1).State.ShouldBe(AlarmState.Cleared);
        await _bed.PassAsync(TimeSpan.FromHours(1));

        (_bed.Alarm(1).State, _bed.Alarm(2).State).ShouldBe((AlarmState.Closed, AlarmState.Raised));
        _bed.Alarm(3).State.ShouldBe(AlarmState.Resolved, "its condition still holds");
        _bed.History(1).ShouldBe(["raised", "cleared", "closed"]);
        await _bed.TakeAsync(AlarmBed.Clear(5, "c"));
        await _bed.PassAsync(TimeSpan.FromHours(24));
        _bed.Alarm(3).State.ShouldBe(AlarmState.Closed);
    }

    [Fact]
    public async Task Retention_removes_closed_alarms_with_their_history_and_never_gives_a_number_twice()
    {
        await _bed.TakeAsync(AlarmBed.Raise(1), AlarmBed.Clear(2), AlarmBed.Raise(3, "b"), AlarmBed.Raise(4, "c"));
        await _bed.OrderAsync(AlarmOrderKind.Dismiss, 1, note: "x");
        await _bed.OrderAsync(AlarmOrderKind.Dismiss, 3, note: "x");

        _bed.Store.Expire(ManualTime.StartUs + 1).ShouldBe(1, "the third one's condition still holds");

        _bed.All().Select(a => a.Id).ShouldBe([3L, 2L]);
        _bed.History(1).ShouldBeEmpty();
        await _bed.RestartAsync();
        await _bed.TakeAsync(AlarmBed.Raise(10, "d"));
        _bed.All()[0].Id.ShouldBe(4);
    }

    private async Task BringToAsync(AlarmState state)
    {
        await _bed.TakeAsync(AlarmBed.Raise(10));
        if (state == AlarmState.Acknowledged)
            await _bed.OrderAsync(AlarmOrderKind.Acknowledge);
        else if (state == AlarmState.Cleared)
            await _bed.TakeAsync(AlarmBed.Clear(11));
        else if (state == AlarmState.Resolved)
            await _bed.OrderAsync(AlarmOrderKind.Resolve);
        else if (state == AlarmState.Closed)
            await _bed.OrderAsync(AlarmOrderKind.Dismiss, note: "x");
    }
}
