using System.Text.Json;
using Garam.Platform.Alarms;
using Garam.Platform.Notifications;

namespace Garam.Platform.Tests.Notifications;

/// <summary>Webhooks against a real receiver that fails on purpose.</summary>
public sealed class Webhooks : IAsyncLifetime
{
    private HttpPeer _peer = null!;

    public async ValueTask InitializeAsync() => _peer = await HttpPeer.StartAsync();

    public ValueTask DisposeAsync() => _peer.DisposeAsync();

    [Fact]
    public async Task The_alarm_arrives_as_json_with_its_texts_and_headers()
    {
        var channel = NoticeBed.Webhook(_peer);
        channel.Headers.Add(new NotificationHeaderOptions { Name = "X-Secret", Value = "s3cret-value" });
        var options = NoticeBed.To(channel);
        options.PublicUrl = "https://garam.example.com/";
        await using var bed = new NoticeBed(options);
        bed.Send();

        bed.Raise();
        await bed.SettledAsync();

        var request = _peer.Requests.ShouldHaveSingleItem();
        var body = JsonDocument.Parse(request.Body).RootElement;
        (request.Headers["X-Secret"], request.Key, body.GetProperty("event").GetString(), body.GetProperty("link").GetString())
            .ShouldBe(("s3cret-value", bed.Rows()[0].Key, "raised", "https://garam.example.com/alarms/1"));
        var alarm = body.GetProperty("alarm");
        (alarm.GetProperty("device_id").GetString(), alarm.GetProperty("severity").GetString(), alarm.GetProperty("value").GetDouble(),
            alarm.GetProperty("metrics").GetProperty("door").GetBoolean(), alarm.GetProperty("message").GetProperty("ko").GetString())
            .ShouldBe(("d-1", "critical", 81.5, true, "고온 감지: 81.5°C"));
        body.GetProperty("text").GetString()!.ShouldContain("Cut the power.");
    }

    [Fact]
    public async Task An_error_of_the_server_is_tried_again_with_the_same_key_until_it_works()
    {
        await using var bed = new NoticeBed(NoticeBed.To(NoticeBed.Webhook(_peer)));
        _peer.Answer(500, 503, 408);
        bed.Send();

        bed.Raise();
        await bed.RunAsync(() => bed.Rows(NotificationState.Sent).Count == 1, "it is sent");

        _peer.Requests.Select(r => r.Key).Distinct().ShouldHaveSingleItem();
        (_peer.Requests.Count, bed.Rows()[0].Attempts).ShouldBe((4, 4));
        bed.Dispatch.Loops[0].Counters.Retried.ShouldBe(3);
    }

    [Fact]
    public async Task Retry_After_is_honoured()
    {
        await using var bed = new NoticeBed(NoticeBed.To(NoticeBed.Webhook(_peer)));
        _peer.Answer(http =>
        {
            http.Response.Headers.RetryAfter = "90";
            return HttpPeer.Code(http, 429);
        });
        bed.Send();
        bed.Raise();
        await Until.True(() => bed.Rows()[0].Attempts == 1, "it was tried");

        bed.Rows()[0].DueUs.ShouldBeGreaterThanOrEqualTo(bed.NowUs + 90_000_000);
        var answered = bed.Time.GetUtcNow();
        await bed.RunAsync(() => bed.Rows(NotificationState.Sent).Count == 1, "it is sent");
        (bed.Time.GetUtcNow() - answered).TotalSeconds.ShouldBeGreaterThanOrEqualTo(90);
    }

    [Fact]
    public async Task A_receiver_that_hangs_is_cut_and_tried_again_with_the_same_key()
    {
        await using var bed = new NoticeBed(NoticeBed.To(NoticeBed.Webhook(_peer)));
        _peer.Answer(HttpPeer.Hang);
        bed.Send();
        bed.Raise();
        await Until.True(() => _peer.Requests.Count == 1, "the request is there");

        bed.Time.Advance(NoticeBed.SendLimit);
        await bed.RunAsync(() => bed.Rows(NotificationState.Sent).Count == 1, "it is sent");

        _peer.Requests.Select(r => r.Key).Distinct().ShouldHaveSingleItem();
        _peer.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var elsewhere = await HttpPeer.StartAsync();
        await using var bed = new NoticeBed(NoticeBed.To(NoticeBed.Webhook(_peer)));
        _peer.Answer(http =>
        {
            http.Response.Redirect(elsewhere.Url);
            return Task.CompletedTask;
        });
        bed.Send();

        bed.Raise();
        await bed.SettledAsync();

        bed.Rows(NotificationState.Failed).ShouldHaveSingleItem().Error!.ShouldContain("a redirect, which is not followed");
        elsewhere.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refusal_for_good_fails_at_once_and_can_be_sent_again_by_hand()
    {
        await using var bed = new NoticeBed(NoticeBed.To(NoticeBed.Webhook(_peer)));
        _peer.Answer(404);
        bed.Send();
        bed.Raise();
        await bed.SettledAsync();
        var failed = bed.Rows(NotificationState.Failed).ShouldHaveSingleItem();

        bed.Dispatch.Retry(failed).ShouldBeTrue();
        await bed.SettledAsync();

        bed.Rows().ShouldHaveSingleItem().State.ShouldBe(NotificationState.Sent);
        bed.Dispatch.Retry(failed).ShouldBeFalse();
    }

    [Fact]
    public async Task A_channel_that_hangs_makes_no_other_wait()
    {
        await using var other = await HttpPeer.StartAsync();
        var options = NoticeBed.To(NoticeBed.Webhook(_peer), r => r.Channels.Add("other"));
        options.Channels.Add(new NotificationChannelOptions { Name = "other", Type = "webhook", Url = other.Url });
        await using var bed = new NoticeBed(options);
        _peer.Otherwise = HttpPeer.Hang;
        bed.Send();

        bed.Raise("d-1");
        bed.Raise("d-2");

        await Until.True(() => other.Requests.Count == 2 && _peer.Requests.Count == 1, "the other channel is done");
    }

    [Fact]
    public async Task A_secret_that_the_receiver_repeats_does_not_get_into_the_error()
    {
        var channel = NoticeBed.Webhook(_peer);
        channel.Url += "/T0/B0/slack-token";
        channel.Headers.Add(new NotificationHeaderOptions { Name = "Authorization", Value = "Bearer abcdefgh" });
        await using var bed = new NoticeBed(NoticeBed.To(channel));
        _peer.Answer(async http =>
        {
            http.Response.StatusCode = 403;
            await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(http.Response, $"no {http.Request.Path} with {http.Request.Headers.Authorization}");
        });
        bed.Send();

        bed.Raise();
        await bed.SettledAsync();

        var error = bed.Rows()[0].Error!;
        error.ShouldContain("answered 403");
        error.ShouldNotContain("abcdefgh");
        error.ShouldNotContain("slack-token");
        bed.Dispatch.Loops[0].Channel.Target.ShouldBe(_peer.Url);
    }

    [Fact]
    public async Task Slack_gets_text_and_blocks_and_no_device_can_call_everybody()
    {
        await using var bed = new NoticeBed(NoticeBed.To(NoticeBed.Webhook(_peer, "slack")));
        bed.Send();

        bed.Add(bed.Event(bed.Alarm(change: a => a with { Texts = a.Texts with { MessageEn = "<!channel> & " + new string('<', 5_000) } })));
        await bed.SettledAsync();

        var body = JsonDocument.Parse(_peer.Requests[0].Body).RootElement;
        body.GetProperty("text").GetString()!.ShouldContain("&lt;!channel&gt; &amp;");
        body.GetProperty("blocks")[0].GetProperty("text").GetProperty("text").GetString()!.Length.ShouldBeLessThanOrEqualTo(150);
        body.GetProperty("blocks")[1].GetProperty("text").GetProperty("text").GetString()!.Length.ShouldBeLessThanOrEqualTo(3_000);
    }

    [Theory]
    [InlineData("application/json", """{"to":"{to}","body":"{text}"}""", """{"to":"+82-10-1","body":"[Critical] d-1: say \"{to}\" 고온"}""")]
    [InlineData("application/x-www-form-urlencoded", "to={to}&msg={text}", "to=%2B82-10-1&msg=%5BCritical%5D%20d-1%3A%20say%20%22%7Bto%7D%22%20%EA%B3%A0%EC%98%A8")]
    public async Task An_sms_gateway_gets_its_template_filled_once_for_each_number(string type, string template, string expected)
    {
        var channel = NoticeBed.Webhook(_peer, "sms");
        (channel.ContentType, channel.Template) = (type, template);
        channel.To.Add("+82-10-1");
        channel.To.Add("+82-10-2");
        await using var bed = new NoticeBed(NoticeBed.To(channel));
        _peer.Answer(200, 500);
        bed.Send();

        bed.Add(bed.Event(bed.Alarm(change: a => a with { Texts = a.Texts with { MessageEn = "say \"{to}\" 고온" } })));
        await bed.RunAsync(() => bed.Rows(NotificationState.Sent).Count == 2, "both are sent");

        // The one that was taken is not repeated when the other fails.
        _peer.Requests.Select(r => r.Body.Contains("10-1", StringComparison.Ordinal)).ShouldBe([true, false, false]);
        (_peer.Requests[0].Body, _peer.Requests[0].ContentType.Split(';')[0]).ShouldBe((expected, type));
    }
}
