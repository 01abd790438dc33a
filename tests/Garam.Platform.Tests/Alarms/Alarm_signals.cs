using Dapper;
using Garam.Platform.Alarms;
using Microsoft.Data.Sqlite;

namespace Garam.Platform.Tests.Alarms;

/// <summary>What detection says becomes alarms, once.</summary>
public sealed class Alarm_signals : IAsyncDisposable
{
    private readonly AlarmBed _bed = new();

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task A_raise_becomes_an_alarm_with_everything_it_says_and_whose_it_is()
    {
        _bed.Registry.Put(new Customer("acme", null));
        _bed.Registry.Put(new Site("seoul-1", "acme", null));
        _bed.Registry.Put(DeviceId.Trusted("a"), d => d with { SiteId = "seoul-1" });

        await _bed.TakeAsync(AlarmBed.Raise(10));

        var alarm = _bed.Alarm();
        (alarm.SiteId, alarm.CustomerId, alarm.RulesetVersion, alarm.SpecVersion, alarm.RaisedPosition).ShouldBe(("seoul-1", "acme", 3, 2, 10));
        (alarm.SinceUs, alarm.FirstUs, alarm.RaisedUs).ShouldBe((0, 10_000_000, ManualTime.StartUs));
        alarm.Texts.MessageKo.ShouldBe("고온 감지: 61 °C");
        alarm.Texts.AdviceEn.ShouldBe(["Go and look."]);
        alarm.Snapshot.ShouldBe(AlarmBed.Raise(10).Snapshot);
        _bed.Told.ShouldHaveSingleItem().Change.ShouldBe(AlarmChange.Raised);
    }

    [Fact]
    public async Task While_it_lasts_there_is_one_alarm_with_count_last_time_and_worst_value()
    {
        await _bed.TakeAsync(AlarmBed.Raise(10), AlarmBed.Progress(12, 3, 66), AlarmBed.Progress(15, 6, 64), AlarmBed.Raise(16));

        var alarm = _bed.All().ShouldHaveSingleItem();
        (alarm.Count, alarm.LastPosition, alarm.Worst, alarm.Value).ShouldBe((6, 16, 66, 61));

        await _bed.TakeAsync(AlarmBed.Clear(20, count: 8, worst: 67));
        alarm = _bed.Alarm();
        (alarm.State, alarm.Count, alarm.Worst, alarm.ClearedUs).ShouldBe((AlarmState.Cleared, 8, 67, 20_000_000));
    }

    [Fact]
    public async Task Where_a_smaller_value_is_worse_the_smallest_is_kept()
    {
        await _bed.TakeAsync(AlarmBed.Raise(10, value: 5) with { LowerIsWorse = true }, AlarmBed.Progress(12, 3, 2), AlarmBed.Progress(13, 4, 4));

        _bed.Alarm().Worst.ShouldBe(2);
    }

    [Fact]
    public async Task A_restart_keeps_what_lasts_with_its_figures()
    {
        await _bed.TakeAsync(AlarmBed.Raise(10), AlarmBed.Progress(12, 3, 66), AlarmBed.Raise(11, "b"), AlarmBed.Clear(13, "b"), AlarmBed.Raise(14, "c"));
        await _bed.OrderAsync(AlarmOrderKind.Dismiss, 3, note: "known");

        await _bed.RestartAsync();

        _bed.Desk.FindLasting(AlarmBed.Key()).ShouldBe(new LastingAlarm(AlarmBed.Key(), 10, 12, 10_000_000, 12_000_000, 3, 66));
        _bed.Desk.FindLasting(AlarmBed.Key("b")).ShouldBeNull();
        _bed.Desk.FindLasting(AlarmBed.Key("c")).ShouldNotBeNull("it was dismissed, and its condition holds");
        _bed.Desk.Open.ShouldBe(1);
    }

    [Fact]
    public async Task Alarms_of_rules_that_are_gone_are_cleared_with_the_reason()
    {
        await _bed.TakeAsync(AlarmBed.Raise(1), AlarmBed.Raise(2, rule: "cold"), AlarmBed.Raise(3) with { Key = new AlarmKey("other", "hot", "a") });

        await _bed.Desk.ClearMissingAsync("rules", new HashSet<string> { "cold" });

        _bed.All().Select(a => (a.Key.Ruleset, a.Key.Rule, a.State)).ShouldBe(
            [("other", "hot", AlarmState.Raised), ("rules", "cold", AlarmState.Raised), ("rules", "hot", AlarmState.Cleared)]);
        _bed.Store.History(1, 0, 10)[1].Note.ShouldBe("rule-removed");
    }

    [Fact]
    public async Task A_silence_is_raised_once_and_ended_by_the_next_message()
    {
        var silence = AlarmBed.Raise(0) with { Position = -1, EventUs = 50 };
        await _bed.TakeAsync(AlarmBed.Raise(5), AlarmBed.Clear(6), silence, AlarmBed.Clear(9), silence, AlarmBed.Clear(6));

        _bed.All().Select(a => (a.RaisedPosition, a.State)).ShouldBe([(-1, AlarmState.Cleared), (5, AlarmState.Cleared)]);
        await _bed.TakeAsync(silence with { EventUs = 60 }, AlarmBed.Clear(9));
        _bed.Alarm(3).State.ShouldBe(AlarmState.Raised, "the message that ended the former silence comes again");
    }

    [Fact]
    public async Task Readings_of_one_message_may_raise_and_clear_at_its_one_position()
    {
        AlarmSignal[] signals = [AlarmBed.Raise(5) with { EventUs = 1 }, AlarmBed.Clear(5) with { EventUs = 2 }, AlarmBed.Raise(5) with { EventUs = 3 }];
        await _bed.TakeAsync(signals);
        await _bed.RestartAsync();
        await _bed.TakeAsync(signals);

        _bed.All().Select(a => (a.FirstUs, a.State)).ShouldBe([(3, AlarmState.Raised), (1, AlarmState.Cleared)]);
    }

    [Fact]
    public async Task Signals_wait_while_the_database_takes_nothing_and_people_are_told_at_once()
    {
        Rename("alarms", "hidden");
        await _bed.Desk.AddAsync(AlarmBed.Raise(1));
        await Until.True(() => _bed.Desk.Failure is not null && _bed.Time.Waiting > 1, "the write failed");
        var flush = _bed.Desk.FlushAsync(Until.Token);
        var order = _bed.OrderAsync(AlarmOrderKind.Acknowledge);
        _bed.Time.Advance(TimeSpan.FromSeconds(1));
        flush.IsCompleted.ShouldBeFalse();

        Rename("hidden", "alarms");
        await Until.True(
            () =>
            {
                _bed.Time.Advance(TimeSpan.FromSeconds(1));
                return flush.IsCompleted;
            },
            "it is tried again");

        await flush;
        await order.ContinueWith(_ => { }, TaskScheduler.Default);
        _bed.Desk.Failure.ShouldBeNull();
        _bed.All().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_signal_that_cannot_be_taken_does_not_hold_up_the_others()
    {
        var broken = AlarmBed.Raise(2, "b") with { Texts = null! };
        await _bed.TakeAsync(AlarmBed.Raise(1), broken, AlarmBed.Raise(3, "c"));

        _bed.All().Select(a => a.DeviceId).ShouldBe(["c", "a"]);
        (_bed.Desk.Refused, _bed.Desk.Failure).ShouldBe((1, null));
    }

    [Fact]
    public async Task A_person_is_answered_with_the_error_of_the_database()
    {
        await _bed.TakeAsync(AlarmBed.Raise(1));
        Rename("alarms", "hidden");

        await Should.ThrowAsync<SqliteException>(_bed.OrderAsync(AlarmOrderKind.Acknowledge));

        Rename("hidden", "alarms");
        (await _bed.OrderAsync(AlarmOrderKind.Acknowledge)).Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task Who_watches_sees_each_change_and_a_slow_one_is_told_what_it_lost()
    {
        using var all = _bed.Desk.Stream.Watch(null, AccessScope.Everything);
        using var one = _bed.Desk.Stream.Watch(new HashSet<string> { "b" }, AccessScope.Everything);
        using var foreign = _bed.Desk.Stream.Watch(null, AccessScope.Of("acme", _bed.Registry));
        await _bed.TakeAsync(Enumerable.Range(1, 1_200).Select(i => AlarmBed.Raise(i, i == 7 ? "b" : $"d{i}")));
        await _bed.OrderAsync(AlarmOrderKind.Acknowledge, 7);

        (all.TakeLost(), all.Items.Count).ShouldBe((201, 1_000));
        one.Items.TryRead(out var raised).ShouldBeTrue();
        one.Items.TryRead(out var acknowledged).ShouldBeTrue();
        (raised!.Change, acknowledged!.Change, acknowledged.By).ShouldBe((AlarmChange.Raised, AlarmChange.Acknowledged, "kim"));
        foreign.Items.Count.ShouldBe(0, "the devices are of no customer");
    }

    private void Rename(string from, string to)
    {
        using var connection = new SqliteConnection($"Data Source={_bed.Path}");
        connection.Open();
        connection.Execute($"ALTER TABLE {from} RENAME TO {to}");
    }
}
