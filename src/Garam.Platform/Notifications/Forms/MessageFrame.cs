using System.Globalization;
using Garam.Platform.Alarms;

namespace Garam.Platform.Notifications.Forms;

/// <summary>Puts before a form's text what happened (cleared, nobody has acknowledged, …) and after it the way to the alarm's page.</summary>
internal static class MessageFrame
{
    public static NotificationText Put(NotificationText text, string language, AlarmEvent happened, int step, string? link)
    {
        var head = Head(language, happened, step);
        var foot = link is null ? "" : $"{(Words.IsKorean(language) ? "알람 보기" : "Open the alarm")}: {link}";
        var subject = head.Length == 0 ? text.Subject : $"{Mark(language, happened.Change, step)} {text.Subject}";
        var shortText = head.Length == 0 ? text.Short : $"{Mark(language, happened.Change, step)} {text.Short}";
        return new NotificationText(
            Words.Line(subject, 180),
            (head.Length == 0 ? "" : head + "\n\n") + text.Text.TrimEnd('\n') + (foot.Length == 0 ? "\n" : $"\n\n{foot}\n"),
            Html(text.Html, head, link, language),
            Words.Line(shortText, 140));
    }

    private static string Head(string language, AlarmEvent happened, int step)
    {
        var ko = Words.IsKorean(language);
        var said = (happened.By is null ? "" : ko ? $" ({happened.By})" : $" by {happened.By}") + (happened.Note is { Length: > 0 } note ? $": {note}" : "");
        if (step > 0)
        {
            var number = step.ToString(CultureInfo.InvariantCulture);
            return ko ? $"아직 아무도 확인하지 않은 알람입니다 (에스컬레이션 {number}단계)." : $"Nobody has acknowledged this alarm yet (escalation step {number}).";
        }

        return (happened.Change, ko) switch
        {
            (AlarmChange.Reopened, true) => "알람이 다시 발생했습니다.",
            (AlarmChange.Reopened, _) => "The alarm is back.",
            (AlarmChange.Acknowledged, true) => $"알람이 확인되었습니다{said}.",
            (AlarmChange.Acknowledged, _) => $"The alarm was acknowledged{said}.",
            (AlarmChange.Cleared, true) => "알람 조건이 해제되었습니다.",
            (AlarmChange.Cleared, _) => "The alarm has cleared.",
            (AlarmChange.Resolved, true) => $"알람이 처리되었습니다{said}.",
            (AlarmChange.Resolved, _) => $"The alarm was resolved{said}.",
            (AlarmChange.Dismissed, true) => $"오경보로 처리되었습니다{said}.",
            (AlarmChange.Dismissed, _) => $"The alarm was dismissed as false{said}.",
            (AlarmChange.Closed, true) => $"알람이 종료되었습니다{said}.",
            (AlarmChange.Closed, _) => $"The alarm was closed{said}.",
            _ => "",
        };
    }

    /// <summary>The same in a word, for subjects.</summary>
    private static string Mark(string language, AlarmChange change, int step) => (step > 0 ? AlarmChange.Escalated : change, Words.IsKorean(language)) switch
    {
        (AlarmChange.Escalated, true) => "[미확인]",
        (AlarmChange.Escalated, _) => "[Unacknowledged]",
        (AlarmChange.Reopened, true) => "[재발생]",
        (AlarmChange.Reopened, _) => "[Again]",
        (AlarmChange.Acknowledged, true) => "[확인]",
        (AlarmChange.Cleared, true) => "[해제]",
        (AlarmChange.Resolved, true) => "[처리]",
        (AlarmChange.Dismissed, true) => "[오경보]",
        (AlarmChange.Closed, true) => "[종료]",
        _ => $"[{change}]",
    };

    private static string Html(string document, string head, string? link, string language)
    {
        if (head.Length > 0)
        {
            var body = document.IndexOf("<body", StringComparison.OrdinalIgnoreCase);
            var at = body < 0 ? 0 : document.IndexOf('>', body) + 1;
            document = document.Insert(at, new HtmlText().Raw("<p><strong>").Escaped(head).Raw("</strong></p>").ToString());
        }

        if (link is null)
            return document;
        var end = document.LastIndexOf("</body", StringComparison.OrdinalIgnoreCase);
        var foot = new HtmlText().Raw("<p><a href=\"").Escaped(link).Raw("\">").Escaped(Words.IsKorean(language) ? "알람 보기" : "Open the alarm").Raw("</a></p>");
        return document.Insert(end < 0 ? document.Length : end, foot.ToString());
    }
}
