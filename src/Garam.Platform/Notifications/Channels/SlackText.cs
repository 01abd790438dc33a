using System.Text;
using System.Text.Json;

namespace Garam.Platform.Notifications.Channels;

/// <summary>The body that Slack's incoming webhooks take, and Mattermost's and others after them: <c>text</c> for the notice, <c>blocks</c> for the channel.</summary>
internal static class SlackText
{
    /// <summary>Slack's limits: 150 characters of a header, 3,000 of a section.</summary>
    private const int HeaderMax = 150;

    private const int SectionMax = 2_900;

    private static readonly JsonSerializerOptions Options = new() { Encoder = Telemetry.TelemetryJson.Encoder };

    public static byte[] Write(OutgoingMessage message)
    {
        var blocks = new List<object>
        {
            new { type = "header", text = new { type = "plain_text", text = Forms.Words.Line(message.Text.Subject, HeaderMax) } },
            new { type = "section", text = new { type = "mrkdwn", text = Escape(message.Text.Text, SectionMax) } },
        };
        return JsonSerializer.SerializeToUtf8Bytes(new { text = Escape(message.Text.Subject, SectionMax), blocks }, Options);
    }

    // &, < and > are Slack's markup: "<!channel>" in a device's name would call everybody. The limit counts what is sent.
    private static string Escape(string text, int max)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            var part = rune.Value switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", _ => rune.ToString() };
            if (escaped.Length + part.Length > max)
                return escaped.Append('…').ToString();
            escaped.Append(part);
        }

        return escaped.ToString();
    }
}
