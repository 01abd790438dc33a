using System.Text.Json;
using Garam.Platform.Alarms;
using Garam.Platform.Notifications;

namespace Garam.Platform.Tests.Notifications;

/// <summary>Who is called next while nobody acknowledges.</summary>
public sealed class Escalations : IAsyncLifetime
{
    private HttpPeer _first = null!;
    private HttpPeer _boss = null!;

    public async ValueTask InitializeAsync() => (_first, _boss) = (await HttpPeer.StartAsync(), await HttpPeer.StartAsync());

    public async ValueTask DisposeAsync()
    {
        await _first.DisposeAsync();
        await _boss.DisposeAsync();
    }

    [Fact]
    public async Task Each_step_is_taken_in_its_time_and_told_to_the_history()
    {
        await using var bed = Bed();
        bed.Send();
        bed.Raise();
        await bed.SettledAsync();
        _boss.Requests.ShouldBeEmpty();

        await bed.RunAsync(() => _boss.Requests.Count == 1, "the first step");
        (bed.Time.GetUtcNow() - ManualTime.Start).TotalSeconds.ShouldBeGreaterThanOrEqualTo(300);
        await bed.RunAsync(() => _boss.Requests.Count == 2 && _first.Requests.Count == 2, "the second step", TimeSpan.FromSeconds(10));
        (bed.Time.GetUtcNow() - ManualTime.Start).TotalSeconds.ShouldBeGreaterThanOrEqualTo(900);

        var told = JsonDocument.Parse(_boss.Requests[1].Body).RootElement;
        (told.GetProperty("event").GetString(), told.GetProperty("step").GetInt32()).ShouldBe(("escalated", 2));
        told.GetProperty("text").GetString()!.ShouldStartWith("Nobody has acknowledged this alarm yet");
        await Until.True(() => bed.Taken.Count == 2, "both are in the history");
        bed.Taken.Select(t => (t.AlarmId, t.Step, t.Note)).ShouldBe(
            [(1, 1, "step 1 of the route 'all': boss"), (1, 2, "step 2 of the route 'all': boss, hook")]);
    }

    [Theory]
    [InlineData(AlarmChange.Acknowledged)]
    [InlineData(AlarmChange.Cleared)]
    [InlineData(AlarmChange.Resolved)]
    [InlineData(AlarmChange.Dismissed)]
    [InlineData(AlarmChange.Shelved)]
    public async Task It_ends_when_somebody_acts_or_the_alarm_has_gone(AlarmChange change)
    {
        await using var bed = Bed();
        var alarm = bed.Alarm();
        bed.Add(bed.Event(alarm));

        bed.Add(bed.Event(alarm with { Revision = 2 }, change, "kim"));

        new EscalationStore(bed.Database).NextDueUs().ShouldBeNull();
    }

    [Fact]
    public async Task A_step_that_waits_behind_a_broken_channel_is_not_sent_when_somebody_has_acknowledged_meanwhile()
    {
        await using var bed = Bed();
        _boss.Otherwise = http => HttpPeer.Code(http, 503);
        bed.Send();
        var alarm = bed.Alarm();
        bed.Add(bed.Event(alarm));
        await bed.RunAsync(() => bed.Rows().Any(r => r.Step == 1 && r.Attempts > 0), "the step is taken");

        bed.Add(bed.Event(alarm with { Revision = 2 }, AlarmChange.Acknowledged, "kim"));

        await Until.True(() => bed.Rows().Single(r => r.Step == 1).State == NotificationState.Cancelled, "it is cancelled");
    }

    [Fact]
    public async Task It_survives_a_restart_and_a_step_whose_record_failed_is_recorded_after_it()
    {
        await using var bed = Bed();
        bed.Send(record: (_, _) => throw new InvalidOperationException("the desk is stuck"));
        bed.Raise();
        await bed.RunAsync(() => _boss.Requests.Count == 1, "the first step");
        bed.Taken.ShouldBeEmpty();
        await bed.CrashAsync();

        bed.Send();
        await bed.RunAsync(() => _boss.Requests.Count == 2, "the second step", TimeSpan.FromSeconds(10));

        await Until.True(() => bed.Taken.Select(t => t.Step).SequenceEqual([1, 2]), "both are in the history, each once");
    }

    [Fact]
    public async Task An_alarm_that_is_raised_again_is_escalated_again_from_the_first_step()
    {
        await using var bed = Bed();
        var alarm = bed.Alarm();
        bed.Add(bed.Event(alarm), bed.Event(alarm with { Revision = 2 }, AlarmChange.Cleared), bed.Event(alarm with { Revision = 3 }, AlarmChange.Reopened));
        bed.Send();

        await bed.RunAsync(() => bed.Taken.Count == 1, "the first step");

        bed.Taken[0].Step.ShouldBe(1);
    }

    private NoticeBed Bed()
    {
        var options = NoticeBed.To(NoticeBed.Webhook(_first), route =>
        {
            route.Escalate.Add(new EscalationStepOptions { After = "5m", Channels = { "boss" } });
            route.Escalate.Add(new EscalationStepOptions { After = "15m", Channels = { "boss", "hook" } });
        });
        options.Channels.Add(new NotificationChannelOptions { Name = "boss", Type = "webhook", Url = _boss.Url });
        return new NoticeBed(options);
    }
}
