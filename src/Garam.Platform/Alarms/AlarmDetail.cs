using System.Buffers;
using System.Text;
using System.Text.Json;
using Garam.Expressions;
using Garam.Platform.Telemetry;

namespace Garam.Platform.Alarms;

/// <summary>The parts of an alarm that no query looks at, as one JSON text: what it says, the reading that raised it, the devices.</summary>
internal sealed record AlarmDetail(
    AlarmTexts Texts, string? Form, string? ValueOf, bool LowerIsWorse, IReadOnlyList<AlarmReading> Snapshot, IReadOnlyList<string> Devices)
{
    public static AlarmDetail Of(Alarm alarm) => new(alarm.Texts, alarm.Form, alarm.ValueOf, alarm.LowerIsWorse, alarm.Snapshot, alarm.Devices);

    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = TelemetryJson.Encoder }))
        {
            json.WriteStartObject();
            json.WriteString("en", Texts.MessageEn);
            json.WriteString("ko", Texts.MessageKo);
            WriteTexts(json, "adviceEn", Texts.AdviceEn);
            WriteTexts(json, "adviceKo", Texts.AdviceKo);
            if (Form is not null)
                json.WriteString("form", Form);
            if (ValueOf is not null)
                json.WriteString("valueOf", ValueOf);
            json.WriteBoolean("lower", LowerIsWorse);
            WriteTexts(json, "devices", Devices);
            json.WriteStartObject("snapshot");
            foreach (var reading in Snapshot)
            {
                json.WritePropertyName(reading.Metric);
                WriteValue(json, reading.Value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static AlarmDetail Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        return new AlarmDetail(
            new AlarmTexts(root.GetProperty("en").GetString()!, root.GetProperty("ko").GetString()!, TextsOf(root, "adviceEn"), TextsOf(root, "adviceKo")),
            Text(root, "form"), Text(root, "valueOf"), root.GetProperty("lower").GetBoolean(),
            [.. root.GetProperty("snapshot").EnumerateObject().Select(p => new AlarmReading(p.Name, ValueOfJson(p.Value)))],
            TextsOf(root, "devices"));
    }

    /// <summary>A value in its own JSON type; missing is null, a duration its seconds.</summary>
    public static void WriteValue(Utf8JsonWriter json, Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Text:
                json.WriteStringValue(value.Text);
                break;
            case ValueKind.Boolean:
                json.WriteBooleanValue(value.IsTrue);
                break;
            default:
                TelemetryJson.WriteNumber(json, value.Number);
                break;
        }
    }

    private static Value ValueOfJson(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => Value.Of(element.GetDouble()),
        JsonValueKind.String => Value.Of(element.GetString()),
        JsonValueKind.True or JsonValueKind.False => Value.Of(element.GetBoolean()),
        _ => Value.Missing,
    };

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static List<string> TextsOf(JsonElement root, string name) => [.. root.GetProperty(name).EnumerateArray().Select(e => e.GetString()!)];
}
