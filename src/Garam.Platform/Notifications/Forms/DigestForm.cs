using System.Globalization;
using System.Text;
using Garam.Platform.Alarms;

namespace Garam.Platform.Notifications.Forms;

/// <summary>Many notifications as one message: how many of each severity, product and site, and the worst by name.</summary>
internal static class DigestForm
{
    /// <param name="worst">Stored events by id; what is missing is told by its row alone.</param>
    public static NotificationText Write(
        AlarmDigest digest, IReadOnlyDictionary<long, AlarmEvent> worst, string language, TimeZoneInfo zone, string? link)
    {
        var ko = Words.IsKorean(language);
        var count = digest.Count.ToString("N0", CultureInfo.InvariantCulture);
        var severities = string.Join(", ", digest.Severities.Select(s => $"{Words.OfSeverity(s.Name, language)} {s.Count.ToString("N0", CultureInfo.InvariantCulture)}"));
        var subject = ko ? $"[알람 {count}건] {severities}" : $"[{count} alarm messages] {severities}";
        var span = $"{Words.Time(digest.FirstUs, zone)} - {Words.Time(digest.LastUs, zone)}";
        var sections = new List<(string Title, IReadOnlyList<string> Lines)>
        {
            (ko ? "심각도별" : "By severity", Lines(digest.Severities.Select(s => s with { Name = Words.OfSeverity(s.Name, language) }))),
            (ko ? "제품별" : "By product", Lines(digest.Products)),
            (ko ? "현장별" : "By site", Lines(digest.Sites.Select(s => s.Name.Length > 0 ? s : s with { Name = ko ? "(현장 없음)" : "(no site)" }))),
            (ko ? "가장 심각한 알람" : "The worst", [.. digest.Worst.Select(n => Line(n, worst.GetValueOrDefault(n.EventId), language))]),
        };
        return new NotificationText(
            subject, Text(subject, span, sections, ko, link), Html(subject, span, sections, ko, link),
            Words.Line($"{subject}: {Line(digest.Worst[0], worst.GetValueOrDefault(digest.Worst[0].EventId), language)}", 140));
    }

    private static IReadOnlyList<string> Lines(IEnumerable<DigestCount> counts) =>
        [.. counts.Select(c => $"{c.Name}: {c.Count.ToString("N0", CultureInfo.InvariantCulture)}")];

    private static string Line(Notification notification, AlarmEvent? happened, string language)
    {
        var message = happened is null ? "" : ": " + Words.Message(happened.Alarm, language);
        return Words.Line(
            $"[{Words.Of(notification.Severity, language)}] {notification.DeviceId}{(notification.SiteId is { } site ? $" ({site})" : "")}{message}", 200);
    }

    private static string Text(string subject, string span, List<(string Title, IReadOnlyList<string> Lines)> sections, bool ko, string? link)
    {
        var text = new StringBuilder().Append(subject).Append('\n').Append(span).Append('\n');
        foreach (var (title, lines) in sections)
        {
            text.Append('\n').Append(title).Append('\n');
            foreach (var line in lines)
                text.Append("- ").Append(line).Append('\n');
        }

        if (link is not null)
            text.Append('\n').Append(ko ? "모든 알람" : "All alarms").Append(": ").Append(link).Append('\n');
        return text.ToString();
    }

    private static string Html(string subject, string span, List<(string Title, IReadOnlyList<string> Lines)> sections, bool ko, string? link)
    {
        var html = new HtmlText().Raw("<h2>").Escaped(subject).Raw("</h2><p>").Escaped(span).Raw("</p>");
        foreach (var (title, lines) in sections)
        {
            html.Raw("<h3>").Escaped(title).Raw("</h3><ul>");
            foreach (var line in lines)
                html.Raw("<li>").Escaped(line).Raw("</li>");
            html.Raw("</ul>");
        }

        if (link is not null)
            html.Raw("<p><a href=\"").Escaped(link).Raw("\">").Escaped(ko ? "모든 알람" : "All alarms").Raw("</a></p>");
        return html.Document(ko ? "ko" : "en");
    }
}
