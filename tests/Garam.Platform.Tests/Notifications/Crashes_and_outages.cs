using System.Text.Json;
using Dapper;
using Garam.Platform.Alarms;
using Garam.Platform.Notifications;

namespace Garam.Platform.Tests.Notifications;

/// <summary>Nothing is lost between the alarm and the message, and nothing is told twice where the receiver can know.</summary>
public sealed class Crashes_and_outages : IAsyncLifetime
{
    private HttpPeer _peer = null!;

    public async ValueTask InitializeAsync() => _peer = await HttpPeer.StartAsync();

    public ValueTask DisposeAsync() => _peer.DisposeAsync();

    [Fact]
    public async Task What_was_committed_before_a_crash_is_sent_after_it()
    {
        await using var bed = new NoticeBed(NoticeBed.To(NoticeBed.Webhook(_peer)));
        bed.Raise();
        await bed.CrashAsync();

        bed.Send();
        await bed.SettledAsync();

        _peer.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task While_a_mark_cannot_be_written_nothing_is_sent_twice_and_after_a_crash_the_same_message_comes_with_the_same_key()
    {
        await using var bed = new NoticeBed(NoticeBed.To(NoticeBed.Webhook(_peer)));
        Sql(bed, "CREATE TRIGGER stuck BEFORE UPDATE OF sent_us ON notifications BEGIN SELECT RAISE(ABORT, 'disk full'); END");
        bed.Send();
        bed.Raise();
        await Until.True(() => _peer.Requests.Count == 1, "it is sent");
        bed.Raise("d-2");
        for (var tries = 0; tries < 5; tries++)
        {
            await Until.True(() => !bed.IsSending && bed.Time.IsWaiting(TimeSpan.FromSeconds(1)), "the mark is tried again");
            bed.Time.Advance(TimeSpan.FromMinutes(1));
        }

        _peer.Requests.Count.ShouldBe(1);
        await bed.CrashAsync();
        Sql(bed, "DROP TRIGGER stuck");
        bed.Send();
        await bed.SettledAsync();

        _peer.Requests.Select(r => r.Key).GroupBy(k => k).Select(g => g.Count()).ShouldBe([2, 1]);
        bed.Rows(NotificationState.Sent).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_mark_that_can_be_written_again_ends_the_wait_without_a_second_message()
    {
        await using var bed = new NoticeBed(NoticeBed.To(NoticeBed.Webhook(_peer)));
        Sql(bed, "CREATE TRIGGER stuck BEFORE UPDATE OF sent_us ON notifications BEGIN SELECT RAISE(ABORT, 'disk full'); END");
        bed.Send();
        bed.Raise();
        await Until.True(() => _peer.Requests.Count == 1, "it is sent");

        Sql(bed, "DROP TRIGGER stuck");
        await bed.RunAsync(() => bed.Rows(NotificationState.Sent).Count == 1, "it is marked");

        _peer.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_digest_that_was_under_way_at_the_crash_is_repeated_as_the_same_digest()
    {
        await using var bed = new NoticeBed(NoticeBed.To(NoticeBed.Webhook(_peer)));
        _peer.Otherwise = HttpPeer.Hang;
        bed.Add([.. Enumerable.Range(0, 20).Select(i => bed.Event(bed.Alarm($"d-{i}")))]);
        bed.Send();
        await Until.True(() => _peer.Requests.Count == 1, "the digest is on its way");
        await bed.CrashAsync();
        bed.Add([.. Enumerable.Range(20, 20).Select(i => bed.Event(bed.Alarm($"d-{i}")))]);
        _peer.Otherwise = _ => Task.CompletedTask;

        bed.Send();
        await bed.SettledAsync();

        _peer.Requests.Count.ShouldBe(3);
        (_peer.Requests[1].Key, Count(_peer.Requests[1]), Count(_peer.Requests[2])).ShouldBe((_peer.Requests[0].Key, 20, 20));
    }

    [Fact]
    public async Task A_receiver_that_is_down_for_an_hour_delays_and_loses_nothing_and_gets_a_digest_afterwards()
    {
        await using var bed = new NoticeBed(NoticeBed.To(NoticeBed.Webhook(_peer)));
        _peer.Otherwise = http => HttpPeer.Code(http, 503);
        bed.Send();
        var end = bed.Time.GetUtcNow().AddHours(1);
        var raised = 0;
        await bed.RunAsync(
            () =>
            {
                if (raised < 60)
                    bed.Raise($"d-{++raised}");
                return bed.Time.GetUtcNow() >= end;
            },
            "the hour is over", TimeSpan.FromMinutes(1));
        var tries = _peer.Requests.Count;
        tries.ShouldBeInRange(1, 60);
        bed.Dispatch.Loops[0].Circuit.WaitAt(bed.NowUs).ShouldBeLessThanOrEqualTo(TimeSpan.FromMinutes(6));
        bed.Rows(NotificationState.Waiting).Count.ShouldBe(60);

        _peer.Otherwise = _ => Task.CompletedTask;
        await bed.RunAsync(() => bed.Rows(NotificationState.Sent).Count == 60, "all are sent");

        var after = _peer.Requests.Skip(tries).ToList();
        after.Sum(Count).ShouldBe(60);
        after.Count.ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public async Task What_cannot_be_sent_for_a_day_is_given_up_visibly()
    {
        await using var bed = new NoticeBed(NoticeBed.To(NoticeBed.Webhook(_peer)));
        _peer.Otherwise = http => HttpPeer.Code(http, 503);
        bed.Send();
        bed.Raise();

        await bed.RunAsync(() => bed.Rows(NotificationState.Failed).Count == 1, "it is given up", TimeSpan.FromMinutes(10));

        var failed = bed.Rows().ShouldHaveSingleItem();
        failed.Error!.ShouldStartWith("expired: not sent within 24 hours");
        failed.Error!.ShouldContain("503");
        (bed.Time.GetUtcNow() - ManualTime.Start).TotalHours.ShouldBeGreaterThanOrEqualTo(24);
        // Counted after the row is written: a reader of the row may come between.
        await Until.True(() => bed.Dispatch.Loops[0].Counters.Expired == 1, "it is counted");
    }

    [Fact]
    public async Task A_storm_of_10_000_alarms_is_a_handful_of_messages_that_count_every_one()
    {
        var channel = NoticeBed.Webhook(_peer);
        channel.PerMinute = 6;
        await using var bed = new NoticeBed(NoticeBed.To(channel));
        bed.Send();
        for (var batch = 0; batch < 40; batch++)
        {
            bed.Add([.. Enumerable.Range(0, 250).Select(i => bed.Event(bed.Alarm(
                $"d-{batch}-{i}", (i % 10) switch { 0 => Severity.Critical, < 4 => Severity.High, _ => Severity.Medium },
                a => a with { SiteId = $"site-{i % 50}" })))]);
        }

        await bed.RunAsync(() => bed.Outbox.Store.CountWaiting().Count == 0, "all are told");

        // Six at once by the limit of the channel, and one more a ten seconds later that gathers the rest.
        _peer.Requests.Count.ShouldBeLessThanOrEqualTo(7);
        _peer.Requests.Sum(Count).ShouldBe(10_000);
        await Until.True(() => bed.Dispatch.Loops[0].Counters.Sent == 10_000, "all are counted");
        await Until.True(() => bed.Dispatch.Loops[0].Counters.Messages == _peer.Requests.Count, "the messages are counted");
        var largest = JsonDocument.Parse(_peer.Requests.MaxBy(Count)!.Body).RootElement.GetProperty("digest");
        largest.GetProperty("worst").GetArrayLength().ShouldBe(10);
        largest.GetProperty("worst")[0].GetProperty("severity").GetString().ShouldBe("critical");
        largest.GetProperty("severities").EnumerateObject().Sum(s => s.Value.GetInt64()).ShouldBe(largest.GetProperty("count").GetInt64());
        largest.GetProperty("sites").EnumerateObject().Count().ShouldBe(20);
    }

    private static int Count(HttpPeer.Request request)
    {
        var body = JsonDocument.Parse(request.Body).RootElement;
        return body.TryGetProperty("digest", out var digest) ? digest.GetProperty("count").GetInt32() : 1;
    }

    private static void Sql(NoticeBed bed, string sql)
    {
        using var connection = bed.Database.Connect();
        connection.Execute(sql);
    }
}
