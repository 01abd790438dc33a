namespace Garam.Platform.Notifications.Forms;

/// <summary>The message that only shows that a channel works, in both languages at once.</summary>
internal static class TestForm
{
    private const string Subject = "[Garam] Test message / 시험 메시지";
    private const string English = "This is a test of Garam's notifications. Nothing has happened; nothing needs to be done.";
    private const string Korean = "가람 알림 시험 메시지입니다. 발생한 알람은 없으며 조치가 필요하지 않습니다.";

    public static NotificationText Write() => new(
        Subject, $"{English}\n\n{Korean}\n", new HtmlText().Raw("<p>").Escaped(English).Raw("</p><p>").Escaped(Korean).Raw("</p>").Document("en"), Subject);
}
