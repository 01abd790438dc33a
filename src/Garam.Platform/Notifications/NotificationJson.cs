using System.Buffers;
using System.Text.Json;
using Garam.Expressions;
using Garam.Platform.Alarms;
using Garam.Platform.Rest;
using Garam.Platform.Telemetry;

namespace Garam.Platform.Notifications;

/// <summary>A message for programs: the alarm with its figures, and the texts people get.</summary>
internal static class NotificationJson
{
    public static byte[] Write(OutgoingMessage message)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = TelemetryJson.Encoder }))
        {
            json.WriteStartObject();
            json.WriteString("id", message.Key);
            json.WriteString("event", EventOf(message));
            json.WriteString("route", message.Route);
            json.WriteString("time", TimeParameter.Format(message.Event?.AtUs ?? message.AtUs));
            if (message.Step > 0)
                json.WriteNumber("step", message.Step);
            if (message.Link is not null)
                json.WriteString("link", message.Link);
            json.WriteString("language", message.Language);
            json.WriteString("subject", message.Text.Subject);
            json.WriteString("text", message.Text.Text);
            json.WriteString("short", message.Text.Short);
            if (message.Event is { } happened)
                Write(json, happened);
            if (message.Digest is { } digest)
                Write(json, digest);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static string EventOf(OutgoingMessage message) =>
        message.Digest is not null ? "digest" : message.Event is not { } happened ? "test" : message.Step > 0 ? "escalated" : happened.Change.ToString().ToLowerInvariant();

    private static void Write(Utf8JsonWriter json, AlarmEvent happened)
    {
        var alarm = happened.Alarm;
        json.WriteStartObject("alarm");
        json.WriteNumber("id", alarm.Id);
        json.WriteString("state", alarm.State.ToString().ToLowerInvariant());
        json.WriteString("severity", alarm.Severity.ToString().ToLowerInvariant());
        json.WriteString("kind", alarm.Kind);
        json.WriteString("ruleset", alarm.Key.Ruleset);
        json.WriteNumber("rulesetVersion", alarm.RulesetVersion);
        json.WriteString("rule", alarm.Key.Rule);
        json.WriteString("subject", alarm.Key.Subject);
        json.WriteString("device_id", alarm.DeviceId);
        json.WriteString("productId", alarm.ProductId);
        Optional("siteId", alarm.SiteId);
        Optional("customerId", alarm.CustomerId);
        json.WriteString("first", TimeParameter.Format(alarm.FirstUs));
        json.WriteString("last", TimeParameter.Format(alarm.LastUs));
        json.WriteNumber("count", alarm.Count);
        Optional("valueOf", alarm.ValueOf);
        if (!double.IsNaN(alarm.Value))
            json.WriteNumber("value", alarm.Value);
        if (!double.IsNaN(alarm.Worst))
            json.WriteNumber("worst", alarm.Worst);
        json.WriteStartObject("message");
        json.WriteString("en", alarm.Texts.MessageEn);
        json.WriteString("ko", alarm.Texts.MessageKo);
        json.WriteEndObject();
        json.WriteStartObject("metrics");
        foreach (var reading in alarm.Snapshot)
            Write(json, reading);
        json.WriteEndObject();
        if (alarm.Devices.Count > 0)
        {
            json.WriteStartArray("devices");
            foreach (var device in alarm.Devices)
                json.WriteStringValue(device);
            json.WriteEndArray();
        }

        Optional("by", happened.By);
        Optional("note", happened.Note);
        json.WriteEndObject();

        void Optional(string name, string? value)
        {
            if (value is not null)
                json.WriteString(name, value);
        }
    }

    private static void Write(Utf8JsonWriter json, AlarmReading reading)
    {
        switch (reading.Value.Kind)
        {
            case ValueKind.Missing:
                break;
            case ValueKind.Text:
                json.WriteString(reading.Metric, reading.Value.Text);
                break;
            case ValueKind.Boolean:
                json.WriteBoolean(reading.Metric, reading.Value.IsTrue);
                break;
            default:
                json.WriteNumber(reading.Metric, reading.Value.Number);
                break;
        }
    }

    private static void Write(Utf8JsonWriter json, AlarmDigest digest)
    {
        json.WriteStartObject("digest");
        json.WriteNumber("count", digest.Count);
        json.WriteString("first", TimeParameter.Format(digest.FirstUs));
        json.WriteString("last", TimeParameter.Format(digest.LastUs));
        Counts("severities", digest.Severities);
        Counts("products", digest.Products);
        Counts("sites", digest.Sites);
        json.WriteStartArray("worst");
        foreach (var one in digest.Worst)
        {
            json.WriteStartObject();
            json.WriteNumber("alarm", one.AlarmId);
            json.WriteString("severity", one.Severity.ToString().ToLowerInvariant());
            json.WriteString("device_id", one.DeviceId);
            json.WriteString("productId", one.ProductId);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();

        void Counts(string name, IReadOnlyList<DigestCount> counts)
        {
            json.WriteStartObject(name);
            foreach (var count in counts)
                json.WriteNumber(count.Name, count.Count);
            json.WriteEndObject();
        }
    }
}
