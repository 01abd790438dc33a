using Garam.Platform.Alarms;

namespace Garam.Platform.Tests.Alarms;

/// <summary>Four raises within ten minutes: the last alarm is held, and nobody is told again until it is quiet.</summary>
public sealed class Flapping_alarms : IAsyncDisposable
{
    private readonly AlarmBed _bed = new();

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Below_the_limit_each_raise_is_a_new_alarm_that_is_told()
    {
        await SwingAsync(3);

        _bed.All().Count.ShouldBe(3);
        _bed.Told.Count(e => e.Change == AlarmChange.Raised).ShouldBe(3);
        _bed.All().ShouldAllBe(a => !a.IsFlapping);
    }

    [Fact]
    public async Task The_fourth_raise_reopens_the_third_alarm_and_further_ones_are_neither_told_nor_in_its_history()
    {
        await SwingAsync(10);

        _bed.All().Select(a => (a.Id, a.IsFlapping, a.State)).ShouldBe(
            [(3, true, AlarmState.Raised), (2, false, AlarmState.Cleared), (1, false, AlarmState.Cleared)]);
        _bed.History(3).ShouldBe(["raised", "cleared", "flapping"]);
        _bed.Told.Select(e => e.Change).Skip(6).ShouldBe([AlarmChange.Flapping]);
        _bed.Alarm(3).Count.ShouldBe(8 * 5, "readings of all its swings are counted");
    }

    [Fact]
    public async Task When_it_has_been_quiet_for_the_window_it_clears_and_the_next_raise_is_a_new_alarm()
    {
        await SwingAsync(6);
        await _bed.PassAsync(TimeSpan.FromMinutes(9));
        _bed.Alarm(3).State.ShouldBe(AlarmState.Raised, "it is held");
        await _bed.PassAsync(TimeSpan.FromMinutes(1));

        (_bed.Alarm(3).State, _bed.Alarm(3).IsFlapping).ShouldBe((AlarmState.Cleared, false));
        _bed.Told[^1].Change.ShouldBe(AlarmChange.Cleared);
        await _bed.TakeAsync(AlarmBed.Raise(1_000));
        (_bed.Alarm(4).State, _bed.Alarm(4).IsFlapping).ShouldBe((AlarmState.Raised, false));
        _bed.Told[^1].Change.ShouldBe(AlarmChange.Raised);
    }

    [Fact]
    public async Task When_its_condition_holds_for_the_window_it_goes_on_as_an_ordinary_one()
    {
        await SwingAsync(4);
        await _bed.TakeAsync(AlarmBed.Raise(1_000));
        await _bed.PassAsync(TimeSpan.FromMinutes(10));

        (_bed.Alarm(3).State, _bed.Alarm(3).IsFlapping).ShouldBe((AlarmState.Raised, false));
        await _bed.TakeAsync(AlarmBed.Clear(1_001));
        _bed.Alarm(3).State.ShouldBe(AlarmState.Cleared);
    }

    [Fact]
    public async Task A_held_alarm_survives_a_restart()
    {
        await SwingAsync(4);
        await _bed.RestartAsync();

        _bed.Desk.FindLasting(AlarmBed.Key()).ShouldBeNull();
        await _bed.TakeAsync(AlarmBed.Raise(1_000));
        _bed.All().Count.ShouldBe(3);
        _bed.Desk.FindLasting(AlarmBed.Key())!.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_acknowledged_alarm_that_flaps_stays_acknowledged()
    {
        await SwingAsync(2);
        await _bed.TakeAsync(AlarmBed.Raise(500));
        await _bed.OrderAsync(AlarmOrderKind.Acknowledge, 3);
        await _bed.TakeAsync(AlarmBed.Clear(501), AlarmBed.Raise(502));

        (_bed.Alarm(3).State, _bed.Alarm(3).IsFlapping).ShouldBe((AlarmState.Acknowledged, true));
    }

    [Fact]
    public async Task What_a_person_has_ended_is_not_reopened_and_its_successor_is_quiet_from_the_start()
    {
        await SwingAsync(3);
        await _bed.OrderAsync(AlarmOrderKind.Dismiss, 3, note: "loose contact");
        var told = _bed.Told.Count;
        await _bed.TakeAsync(AlarmBed.Raise(500), AlarmBed.Clear(501), AlarmBed.Raise(502));

        (_bed.Alarm(3).State, _bed.Alarm(4).IsFlapping, _bed.All().Count).ShouldBe((AlarmState.Closed, true, 4));
        _bed.Told.Count.ShouldBe(told);
    }

    [Fact]
    public async Task Raises_that_lie_further_apart_do_not_flap()
    {
        for (var i = 0; i < 6; i++)
        {
            await _bed.TakeAsync(AlarmBed.Raise(10 * i), AlarmBed.Clear((10 * i) + 5));
            await _bed.PassAsync(TimeSpan.FromMinutes(4));
        }

        _bed.All().Count.ShouldBe(6);
        _bed.All().ShouldAllBe(a => !a.IsFlapping);
    }

    private async Task SwingAsync(int times)
    {
        for (var i = 0; i < times; i++)
            await _bed.TakeAsync(AlarmBed.Raise(10 * i), AlarmBed.Clear((10 * i) + 5));
    }
}
