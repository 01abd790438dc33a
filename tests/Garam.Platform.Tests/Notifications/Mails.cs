using Garam.Platform.Notifications;

namespace Garam.Platform.Tests.Notifications;

/// <summary>E-mail through a real SMTP server that fails on purpose.</summary>
public sealed class Mails : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_Korean_mail_arrives_over_TLS_as_text_and_html_with_markup_escaped()
    {
        using var peer = await SmtpPeer.StartAsync(_folder, secure: true);
        await using var bed = new NoticeBed(NoticeBed.To(Secure(peer), r => r.Language = "ko"));
        bed.Registry.Put(DeviceId.Trusted("d-1"), d => d with { Title = "<b>분전반</b> & 1호" });
        bed.Send();

        bed.Raise();
        await bed.SettledAsync();

        var mail = peer.Mails.ShouldHaveSingleItem();
        (mail.GetProperty("subject").GetString(), mail.GetProperty("sender").GetString(), mail.GetProperty("tls").GetBoolean(), mail.GetProperty("user").GetString())
            .ShouldBe(("[긴급] 고온 감지: 81.5°C - <b>분전반</b> & 1호 (d-1)", "가람 알림 <garam@example.com>", true, SmtpPeer.User));
        mail.GetProperty("text").GetString()!.ShouldContain("전원을 차단하십시오.");
        mail.GetProperty("html").GetString()!.ShouldContain("&lt;b&gt;");
        mail.GetProperty("html").GetString()!.ShouldNotContain("<b>");
        mail.GetProperty("id").GetString().ShouldBe($"<{bed.Rows()[0].Key}@example.com>");
        mail.GetProperty("longest").GetInt32().ShouldBeLessThanOrEqualTo(76);
        mail.GetProperty("to").EnumerateArray().Select(t => t.GetString()).ShouldBe(["kim@example.com", "lee@example.com"]);
    }

    [Fact]
    public async Task A_certificate_that_nobody_signed_gets_no_password_and_no_mail()
    {
        using var peer = await SmtpPeer.StartAsync(_folder, secure: true);
        var channel = Secure(peer);
        channel.CaFile = "";
        await using var bed = new NoticeBed(NoticeBed.To(channel));
        bed.Send();

        bed.Raise();
        await Until.True(() => bed.Rows()[0].Attempts > 0, "it was tried");

        peer.Mails.ShouldBeEmpty();
        bed.Rows()[0].Error!.ShouldContain("certificate");
        bed.Rows()[0].State.ShouldBe(NotificationState.Waiting);
    }

    [Fact]
    public async Task A_server_without_STARTTLS_gets_nothing_in_the_clear()
    {
        using var peer = await SmtpPeer.StartAsync(_folder, secure: false);
        var channel = Plain(peer);
        channel.Tls = "required";
        await using var bed = new NoticeBed(NoticeBed.To(channel));
        bed.Send();

        bed.Raise();
        await Until.True(() => bed.Rows()[0].Attempts > 0, "it was tried");

        bed.Rows()[0].Error!.ShouldContain("does not offer STARTTLS");
        peer.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wrong_password_delays_and_is_never_shown()
    {
        using var peer = await SmtpPeer.StartAsync(_folder, secure: true);
        var channel = Secure(peer);
        (channel.Password, channel.PasswordFile) = ("wrong-Passw0rd", "");
        await using var bed = new NoticeBed(NoticeBed.To(channel));
        bed.Send();

        bed.Raise();
        await Until.True(() => bed.Rows()[0].Attempts > 0, "it was tried");

        var row = bed.Rows()[0];
        row.State.ShouldBe(NotificationState.Waiting);
        row.Error!.ShouldContain("AUTH was refused: 535");
        row.Error!.ShouldNotContain("wrong-Passw0rd");
    }

    [Fact]
    public async Task A_server_that_says_later_or_drops_the_line_gets_the_mail_later_and_one_that_is_down_when_it_is_up_again()
    {
        using var peer = await SmtpPeer.StartAsync(_folder, secure: false);
        await using var bed = new NoticeBed(NoticeBed.To(Plain(peer)));
        bed.Send();
        foreach (var failure in new[] { "later", "drop", "down" })
        {
            await peer.TellAsync(failure);
            bed.Raise(failure);
            await bed.RunAsync(() => bed.Rows(NotificationState.Waiting).Any(r => r.Attempts > 0), $"it fails: {failure}");
            bed.Rows(NotificationState.Waiting).ShouldHaveSingleItem().Error.ShouldNotBeNullOrEmpty();
            await peer.TellAsync(failure == "down" ? "up" : "ok");
            await peer.TellAsync("ok");
            await bed.RunAsync(() => bed.Rows(NotificationState.Waiting).Count == 0, $"it is sent after {failure}");
        }

        peer.Mails.Count.ShouldBe(3);
        bed.Rows(NotificationState.Sent).Count.ShouldBe(3);
    }

    [Fact]
    public async Task When_the_line_breaks_after_the_mail_was_handed_over_it_comes_again_with_the_same_Message_ID()
    {
        using var peer = await SmtpPeer.StartAsync(_folder, secure: false);
        await using var bed = new NoticeBed(NoticeBed.To(Plain(peer)));
        await peer.TellAsync("lose");
        bed.Send();
        bed.Raise();
        await Until.True(() => bed.Rows()[0].Attempts == 1, "it broke");
        await peer.TellAsync("ok");

        await bed.RunAsync(() => bed.Rows(NotificationState.Sent).Count == 1, "it is sent");

        peer.Mails.Count.ShouldBe(2);
        peer.Mails[1].GetProperty("id").GetString().ShouldBe(peer.Mails[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_mail_that_is_refused_fails_and_one_wrong_recipient_does_not_keep_it_from_the_others()
    {
        using var peer = await SmtpPeer.StartAsync(_folder, secure: false);
        var channel = Plain(peer);
        channel.To.Add("nobody@example.com");
        await using var bed = new NoticeBed(NoticeBed.To(channel));
        bed.Send();
        bed.Raise("d-1");
        await bed.SettledAsync();
        await peer.TellAsync("refuse");
        bed.Raise("d-2");
        await bed.SettledAsync();

        peer.Mails.ShouldHaveSingleItem().GetProperty("to").GetArrayLength().ShouldBe(2);
        bed.Rows(NotificationState.Failed).ShouldHaveSingleItem().Error!.ShouldContain("550 5.7.1 not wanted here");
    }

    private static NotificationChannelOptions Plain(SmtpPeer peer) => new()
    {
        Name = "mail", Type = "email", Host = "localhost", Port = peer.Port, Tls = "off", From = "가람 알림 <garam@example.com>", PerMinute = 0,
        To = { "kim@example.com", "Lee <lee@example.com>" },
    };

    private NotificationChannelOptions Secure(SmtpPeer peer)
    {
        var channel = Plain(peer);
        (channel.Tls, channel.CaFile, channel.User, channel.PasswordFile) =
            ("required", _folder.File("cert.pem"), SmtpPeer.User, _folder.Write("password", SmtpPeer.Password + "\n"));
        return channel;
    }
}
