using System.Text;
using System.Text.Json;
using Garam.Mqtt.Broker;
using Garam.Platform.Alarms;
using Garam.Platform.Notifications;
using Garam.Platform.Streams;
using Garam.Platform.Notifications.Mail;

namespace Garam.Platform.Tests.Notifications;

/// <summary>What messages say, and the channels inside the process.</summary>
public sealed class Forms_and_channels
{
    [Fact]
    public async Task Mqtt_publishes_the_alarm_under_product_and_device_with_its_key()
    {
        await using var bed = new NoticeBed(new NotificationOptions { Dashboard = false });
        var got = new List<(string Topic, string Json, string Key)>();
        using var subscription = bed.Broker.Subscribe("alerts/#", (in InProcessMessage message) =>
        {
            message.Properties.TryGetUserProperty("idempotency-key"u8, out var key);
            got.Add((message.Topic, Encoding.UTF8.GetString(message.Payload), Encoding.UTF8.GetString(key)));
        });
        bed.Send();
        var alarm = bed.Alarm();

        bed.Add(bed.Event(alarm), bed.Event(alarm with { Revision = 2, State = AlarmState.Cleared }, AlarmChange.Cleared));
        await bed.SettledAsync();

        got.Select(g => (g.Topic, JsonDocument.Parse(g.Json).RootElement.GetProperty("event").GetString()))
            .ShouldBe([("alerts/fire-detector/d-1", "raised"), ("alerts/fire-detector/d-1", "cleared")]);
        got.Select(g => g.Key).ShouldBe(bed.Rows().Reverse().Select(r => r.Key));
    }

    [Fact]
    public async Task The_dashboards_stream_gets_raises_of_what_the_watcher_may_see()
    {
        await using var bed = new NoticeBed(new NotificationOptions { Mqtt = false });
        bed.Send();
        using var all = bed.Dispatch.Stream.Watch(null, AccessScope.Everything);
        using var one = bed.Dispatch.Stream.Watch(new HashSet<string> { "d-2" }, AccessScope.Everything);
        using var customer = bed.Dispatch.Stream.Watch(null, AccessScope.Of("c", bed.Registry));

        bed.Raise("d-1");
        bed.Raise("d-2");
        await bed.SettledAsync();

        (all.Items.Count, one.Items.Count, customer.Items.Count).ShouldBe((2, 1, 0));
    }

    [Fact]
    public async Task The_dashboards_stream_names_of_an_alarm_across_devices_those_that_the_watcher_may_see()
    {
        await using var bed = new NoticeBed(new NotificationOptions { Mqtt = false });
        bed.Registry.Put(new Site("s", "c", null));
        bed.Registry.Put(DeviceId.Trusted("d-1"), d => d with { SiteId = "s" });
        bed.Send();
        using var all = bed.Dispatch.Stream.Watch(null, AccessScope.Everything);
        using var one = bed.Dispatch.Stream.Watch(new HashSet<string> { "d-2" }, AccessScope.Everything);
        using var customer = bed.Dispatch.Stream.Watch(null, AccessScope.Of("c", bed.Registry));

        bed.Add(bed.Event(bed.Alarm("d-1", change: a => a with { CustomerId = "c", Devices = ["d-1", "d-2"] })));
        await bed.SettledAsync();

        Devices(all).ShouldBe("""["d-1","d-2"]""");
        Devices(one).ShouldBe("""["d-1","d-2"]""");
        Devices(customer).ShouldBe("""["d-1"]""");

        static string Devices(Watcher<NotificationNotice> watcher)
        {
            watcher.Items.TryRead(out var notice).ShouldBeTrue();
            return JsonDocument.Parse(notice!.Json).RootElement.GetProperty("alarm").GetProperty("devices").GetRawText();
        }
    }

    [Fact]
    public async Task A_packs_form_writes_its_alarms_framed_by_what_happened()
    {
        await using var peer = await HttpPeer.StartAsync();
        var options = NoticeBed.To(NoticeBed.Webhook(peer), r => r.On.Add("cleared"));
        options.PublicUrl = "https://garam.example.com";
        await using var bed = new NoticeBed(options, [new PackForm()]);
        bed.Send();

        bed.Add(bed.Event(bed.Alarm(change: a => a with { Form = "pack" }), AlarmChange.Cleared));
        await bed.SettledAsync();

        var body = JsonDocument.Parse(peer.Requests[0].Body).RootElement;
        (body.GetProperty("subject").GetString(), body.GetProperty("text").GetString())
            .ShouldBe(("[Cleared] pack en", "The alarm has cleared.\n\nfrom the pack\n\nOpen the alarm: https://garam.example.com/alarms/1\n"));
    }

    [Fact]
    public async Task A_form_that_fails_does_not_keep_people_from_being_told()
    {
        await using var peer = await HttpPeer.StartAsync();
        await using var bed = new NoticeBed(NoticeBed.To(NoticeBed.Webhook(peer)), [new PackForm()]);
        bed.Send();

        bed.Add(bed.Event(bed.Alarm("broken", change: a => a with { Form = "pack" })));
        await bed.SettledAsync();

        JsonDocument.Parse(peer.Requests[0].Body).RootElement.GetProperty("subject").GetString().ShouldBe("[Critical] Hot: 81.5 °C - broken");
    }

    [Fact]
    public async Task A_test_message_goes_past_the_outbox_and_says_what_came_of_it()
    {
        await using var peer = await HttpPeer.StartAsync();
        await using var bed = new NoticeBed(NoticeBed.To(NoticeBed.Webhook(peer)));
        bed.Send();
        peer.Answer(200, 403);

        (await bed.Dispatch.TestAsync("hook", Until.Token))!.IsSent.ShouldBeTrue();
        (await bed.Dispatch.TestAsync("hook", Until.Token))!.Error!.ShouldContain("403");
        (await bed.Dispatch.TestAsync("none", Until.Token)).ShouldBeNull();
        bed.Rows().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("plain words", "plain words")]
    [InlineData("가람", "=?utf-8?B?6rCA656M?=")]
    [InlineData("a\r\nBcc: everybody@example.com", "=?utf-8?B?YSAgQmNjOiBldmVyeWJvZHlAZXhhbXBsZS5jb20=?=")]
    public void A_subject_is_one_header_whatever_is_in_it(string subject, string expected) => MailText.Words(subject).ShouldBe(expected);

    [Fact]
    public void A_long_subject_is_cut_into_words_between_characters()
    {
        var subject = string.Concat(Enumerable.Repeat("화재🔥", 40));

        var words = MailText.Words(subject).Split("\r\n ");

        words.ShouldAllBe(w => w.Length <= 75);
        string.Concat(words.Select(w => Encoding.UTF8.GetString(Convert.FromBase64String(w[10..^2])))).ShouldBe(subject);
    }

    [Fact]
    public void All_problems_of_the_configuration_are_told_at_once()
    {
        var options = new NotificationOptions
        {
            PublicUrl = "garam",
            Channels =
            {
                new NotificationChannelOptions { Name = "mail", Type = "email", From = "nobody", Tls = "maybe", User = "u" },
                new NotificationChannelOptions { Name = "mail", Type = "pigeon" },
                new NotificationChannelOptions { Name = "mqtt", Type = "webhook", Url = "ftp://x", Format = "sms", Template = "none" },
            },
            Routes =
            {
                new NotificationRouteOptions
                {
                    Name = "r", Channels = { "nowhere" }, Severities = { "bad" }, Days = { "funday" }, Hours = "8-18", TimeZone = "Mars/Olympus", Language = "de",
                    On = { "never" }, Escalate = { new EscalationStepOptions { After = "5m", Channels = { "mail" } }, new EscalationStepOptions { After = "5m" } },
                },
            },
        };

        var problems = string.Join('\n', NotificationProblems.Of(options));

        foreach (var part in new[]
        {
            "public_url", "host is missing", "tls is 'maybe'", "from 'nobody'", "to names 0 addresses", "user is given without password", "'pigeon'", "'mqtt' is built in",
            "given 2 times", "no http or https", "{to}", "no channel 'nowhere'", "severity 'bad'", "day 'funday'", "hours '8-18'", "Mars/Olympus", "language is 'de'", "on 'never'",
            "later than the step before", "names no channels",
        })
        {
            problems.ShouldContain(part);
        }
    }

    private sealed class PackForm : INotificationForm
    {
        public string Name => "pack";

        public NotificationText Write(Alarm alarm, string language) =>
            alarm.DeviceId == "broken" ? throw new InvalidOperationException("broken") : new NotificationText($"pack {language}", "from the pack", "<p>pack</p>", "pack");
    }
}
