using System.Text;
using System.Text.Json;
using Garam.Platform.Alarms;
using Garam.Platform.Alarms.Actions;
using Microsoft.Extensions.Logging.Abstractions;

namespace Garam.Platform.Tests.Alarms;

/// <summary>Actions run after the commit, at least once, and their result is in the alarm's history.</summary>
public sealed class Automatic_actions
{
    [Fact]
    public async Task An_action_that_wants_the_alarm_runs_and_says_what_it_did()
    {
        var action = new CountingAction();
        await using var bed = new AlarmBed(null, action);
        await using var actions = Start(bed, action);

        await bed.TakeAsync(AlarmBed.Raise(1), AlarmBed.Raise(2, "b") with { Severity = Severity.High }, AlarmBed.Raise(3, "c") with { FollowUp = FollowUp.Notify });

        await Until.True(() => bed.History(1).Contains("acted"), "it acted");
        var line = bed.Store.History(1, 0, 10)[^1];
        (line.MadeBy, line.Note).ShouldBe(("counting", "opened the relay of a"));
        action.Calls.ShouldBe(1);
        bed.History(2).ShouldBe(["raised"]);
        bed.History(3).ShouldBe(["raised"]);
    }

    [Fact]
    public async Task A_failed_action_is_tried_again_until_it_is_done()
    {
        var action = new CountingAction(failures: 2);
        await using var bed = new AlarmBed(null, action);
        await using var actions = Start(bed, action);
        await bed.TakeAsync(AlarmBed.Raise(1));

        await Until.True(() => Acts(bed).Count == 1, "the first failure");
        Acts(bed)[0].ShouldBe("failed, tried again in 1 s: the relay does not answer");
        await PassUntilAsync(bed, 3);

        Acts(bed)[2].ShouldBe("opened the relay of a");
        action.Calls.ShouldBe(3);
    }

    [Fact]
    public async Task After_the_fifth_failure_it_is_given_up()
    {
        var action = new CountingAction(failures: 100);
        await using var bed = new AlarmBed(null, action);
        await using var actions = Start(bed, action);
        await bed.TakeAsync(AlarmBed.Raise(1));

        await PassUntilAsync(bed, 5);

        Acts(bed)[^1].ShouldBe("failed, given up: the relay does not answer");
        await bed.PassAsync(TimeSpan.FromHours(1));
        action.Calls.ShouldBe(5);
    }

    [Fact]
    public async Task What_was_asked_for_before_a_crash_is_done_after_the_start()
    {
        var action = new CountingAction();
        await using var bed = new AlarmBed(null, action);
        await bed.TakeAsync(AlarmBed.Raise(1));
        await bed.RestartAsync();
        action.Calls.ShouldBe(0);

        await using var actions = Start(bed, action);

        await Until.True(() => bed.History(1).Contains("acted"), "it acted");
    }

    [Fact]
    public async Task The_built_in_action_publishes_the_alarm_for_its_device()
    {
        var published = new List<(string Topic, string Payload)>();
        var action = new MqttAlarmAction((topic, payload) => published.Add((topic, Encoding.UTF8.GetString(payload.Span))));
        await using var bed = new AlarmBed();
        await bed.TakeAsync(AlarmBed.Raise(1));

        (await action.ActAsync(bed.Alarm(), Until.Token)).ShouldBe("published on actions/p/a");

        var (topic, payload) = published.ShouldHaveSingleItem();
        topic.ShouldBe("actions/p/a");
        using var json = JsonDocument.Parse(payload);
        json.RootElement.GetProperty("severity").GetString().ShouldBe("critical");
        json.RootElement.GetProperty("message").GetProperty("ko").GetString().ShouldBe("고온 감지: 61 °C");
        json.RootElement.GetProperty("snapshot").GetProperty("door").GetBoolean().ShouldBeTrue();
    }

    private static AlarmActions Start(AlarmBed bed, IAlarmAction action)
    {
        var actions = new AlarmActions(bed.Database, bed.Desk, [action], bed.Time, NullLogger.Instance);
        actions.Start();
        return actions;
    }

    private static List<string?> Acts(AlarmBed bed) => [.. bed.Store.History(1, 0, 100).Where(l => l.Change == "acted").Select(l => l.Note)];

    private static Task PassUntilAsync(AlarmBed bed, int acts) => Until.True(
        () =>
        {
            bed.Time.Advance(TimeSpan.FromSeconds(20));
            return Acts(bed).Count >= acts;
        },
        $"{acts} lines of history");
}
