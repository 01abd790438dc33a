using System.Text.Encodings.Web;
using System.Text.Json;
using Garam.Decoding;
using Garam.Platform.Rest;

namespace Garam.Platform.Telemetry;

/// <summary>The standard telemetry of the design as JSON; absent parts are left out.</summary>
public static class TelemetryJson
{
    /// <summary>Korean titles and units such as °C stay readable; the answers are application/json and never HTML.</summary>
    public static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    public static void Write(Utf8JsonWriter json, TelemetryEvent reading)
    {
        json.WriteStartObject();
        json.WriteString("device_id", reading.DeviceId);
        json.WriteString("device_timestamp", TimeParameter.Format(reading.DeviceTimeUs));
        if (reading.HubId is not null)
            json.WriteString("hub_id", reading.HubId);
        if (reading.HubTimeUs is { } hub)
            json.WriteString("hub_timestamp", TimeParameter.Format(hub));
        if (reading.HubId is not null)
            json.WriteString("childDeviceId", reading.DeviceId);
        json.WriteString("productId", reading.ProductId);
        json.WriteStartObject("metrics");
        foreach (var metric in reading.Metrics)
        {
            json.WritePropertyName(metric.Name);
            WriteValue(json, metric.Kind, metric.Number, metric.Text);
        }

        json.WriteEndObject();
        json.WriteString("ingest_timestamp", TimeParameter.Format(reading.ReceivedUs));
        json.WriteEndObject();
    }

    /// <summary>A value in its own JSON type; what JSON cannot say (NaN, infinities) is null.</summary>
    public static void WriteValue(Utf8JsonWriter json, MetricKind kind, double number, string? text)
    {
        switch (kind)
        {
            case MetricKind.Text:
                json.WriteStringValue(text);
                break;
            case MetricKind.Boolean:
                json.WriteBooleanValue(number != 0);
                break;
            default:
                WriteNumber(json, number);
                break;
        }
    }

    public static void WriteNumber(Utf8JsonWriter json, double number)
    {
        if (double.IsFinite(number))
            json.WriteNumberValue(number);
        else
            json.WriteNullValue();
    }

    /// <summary>Unix milliseconds; with decimals only where a time is finer than that.</summary>
    public static void WriteUnixMs(Utf8JsonWriter json, long us)
    {
        if (us % 1000 == 0)
            json.WriteNumberValue(us / 1000);
        else
            json.WriteNumberValue(us / 1000m);
    }
}
