using System.Globalization;
using System.Text;
using Garam.Platform.Alarms;
using Garam.Platform.Devices;

namespace Garam.Platform.Notifications.Forms;

/// <summary>How an alarm is written that no pack has a form of its own for.</summary>
internal sealed class GeneralForm(DeviceRegistry registry) : INotificationForm
{
    /// <summary>More figures nobody reads in a message; the alarm's page has them all.</summary>
    private const int ReadingsMax = 12;

    private const int DevicesMax = 10;
    private const int SubjectMax = 150;
    private const int ShortMax = 120;

    public string Name => "general";

    public NotificationText Write(Alarm alarm, string language) => Write(alarm, language, TimeZoneInfo.Utc);

    public NotificationText Write(Alarm alarm, string language, TimeZoneInfo zone)
    {
        var severity = Words.Of(alarm.Severity, language);
        var message = Words.Message(alarm, language);
        var device = DeviceName(alarm.DeviceId);
        var facts = Facts(alarm, language, zone).ToList();
        var advice = Words.Advice(alarm, language);
        return new NotificationText(
            Words.Line($"[{severity}] {message} - {device}", SubjectMax),
            Text(message, facts, advice, language),
            Html(severity, message, facts, advice, language),
            Words.Line($"[{severity}] {device}: {message}", ShortMax));
    }

    private IEnumerable<(string Name, string Value)> Facts(Alarm alarm, string language, TimeZoneInfo zone)
    {
        var ko = Words.IsKorean(language);
        yield return (ko ? "심각도" : "Severity", Words.Of(alarm.Severity, language));
        yield return (ko ? "장치" : "Device", DeviceName(alarm.DeviceId));
        if (alarm.SiteId is { } site)
            yield return (ko ? "현장" : "Site", Titled(site, registry.FindSite(site)?.Title));
        if (alarm.CustomerId is { } customer)
            yield return (ko ? "고객" : "Customer", Titled(customer, registry.Customers.FirstOrDefault(c => c.Id == customer)?.Title));
        yield return (ko ? "제품" : "Product", alarm.ProductId);
        yield return (ko ? "발생 시각" : "Raised", Words.Time(alarm.FirstUs, zone));
        if (alarm.ValueOf is { } of && !double.IsNaN(alarm.Value))
            yield return (of, Words.Number(alarm.Value) + (alarm.Worst.Equals(alarm.Value) || double.IsNaN(alarm.Worst) ? "" : $" ({(ko ? "최악" : "worst")} {Words.Number(alarm.Worst)})"));
        foreach (var reading in alarm.Snapshot.Where(r => r.Metric != alarm.ValueOf && !r.Value.IsMissing).Take(ReadingsMax))
            yield return (reading.Metric, reading.Value.Kind == Expressions.ValueKind.Number ? Words.Number(reading.Value.Number) : reading.Value.ToString());
        if (alarm.Devices.Count > 0)
        {
            var more = alarm.Devices.Count > DevicesMax ? $" +{(alarm.Devices.Count - DevicesMax).ToString(CultureInfo.InvariantCulture)}" : "";
            yield return (ko ? "관련 장치" : "Devices", string.Join(", ", alarm.Devices.Take(DevicesMax)) + more);
        }

        yield return (ko ? "규칙" : "Rule", $"{alarm.Key.Ruleset}/{alarm.Key.Rule}, #{alarm.Id.ToString(CultureInfo.InvariantCulture)}");
    }

    private static string Text(string message, IReadOnlyList<(string Name, string Value)> facts, IReadOnlyList<string> advice, string language)
    {
        var text = new StringBuilder().Append(message).Append("\n\n");
        foreach (var (name, value) in facts)
            text.Append(name).Append(": ").Append(value).Append('\n');
        if (advice.Count > 0)
        {
            text.Append('\n').Append(Words.IsKorean(language) ? "조치 사항:" : "What to do:").Append('\n');
            foreach (var line in advice)
                text.Append("- ").Append(line).Append('\n');
        }

        return text.ToString();
    }

    private static string Html(
        string severity, string message, IReadOnlyList<(string Name, string Value)> facts, IReadOnlyList<string> advice, string language)
    {
        var body = new HtmlText().Raw("<h2 style=\"margin:0 0 12px\">").Escaped($"[{severity}] {message}").Raw("</h2>");
        body.Raw("<table cellpadding=\"4\" style=\"border-collapse:collapse\">");
        foreach (var (name, value) in facts)
            body.Raw("<tr><th align=\"left\" style=\"color:#555\">").Escaped(name).Raw("</th><td>").Escaped(value).Raw("</td></tr>");
        body.Raw("</table>");
        if (advice.Count > 0)
        {
            body.Raw("<h3>").Escaped(Words.IsKorean(language) ? "조치 사항" : "What to do").Raw("</h3><ul>");
            foreach (var line in advice)
                body.Raw("<li>").Escaped(line).Raw("</li>");
            body.Raw("</ul>");
        }

        return body.Document(language);
    }

    private string DeviceName(string id) => registry.TryGet(id, out var entry) ? Titled(id, entry.Current.Title) : id;

    private static string Titled(string id, string? title) => title is { Length: > 0 } && title != id ? $"{title} ({id})" : id;
}
