using System.Text.Json;
using Garam.Decoding;
using Garam.Platform.Rest;

namespace Garam.Platform.Telemetry;

/// <summary>A decoded reading as JSON: <c>{"time":…,"metrics":{…}}</c>.</summary>
internal static class DecodedJson
{
    public static JsonElement Of(DecodeOutput output, in DecodedReading reading, IReadOnlyList<MetricDefinition> metrics)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            if (reading.HasDeviceTime)
                json.WriteString("time", TimeParameter.Format(reading.DeviceTimeUs));
            json.WriteStartObject("metrics");
            foreach (ref readonly var value in output.ValuesOf(reading))
            {
                json.WritePropertyName(metrics[value.Metric].Name);
                TelemetryJson.WriteValue(json, value.Kind, value.Number, value.Kind == MetricKind.Text ? output.StringOf(value) : null);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        using var document = JsonDocument.Parse(stream.ToArray());
        return document.RootElement.Clone();
    }
}
