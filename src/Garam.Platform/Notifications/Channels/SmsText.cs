using System.Text;
using System.Text.Json;

namespace Garam.Platform.Notifications.Channels;

/// <summary>The body for an SMS gateway: a template with the number and the one-line text put in, escaped for its content type.</summary>
internal static class SmsText
{
    public static byte[] Write(string template, string contentType, OutgoingMessage message)
    {
        var isForm = contentType == "application/x-www-form-urlencoded";
        var body = new StringBuilder();
        var rest = template.AsSpan();

        // In one pass: a text that holds "{to}" must not be filled in again.
        while (rest.IndexOf('{') is var at and >= 0)
        {
            body.Append(rest[..at]);
            rest = rest[at..];
            if (rest.StartsWith("{to}"))
                rest = Put(message.Recipient, rest[4..]);
            else if (rest.StartsWith("{text}"))
                rest = Put(message.Text.Short, rest[6..]);
            else
            {
                body.Append('{');
                rest = rest[1..];
            }
        }

        return Encoding.UTF8.GetBytes(body.Append(rest).ToString());

        ReadOnlySpan<char> Put(string value, ReadOnlySpan<char> remaining)
        {
            body.Append(isForm ? Uri.EscapeDataString(value) : JsonEncodedText.Encode(value, Telemetry.TelemetryJson.Encoder).ToString());
            return remaining;
        }
    }
}
