using System.Text.Json;
using Garam.Decoding;
using Garam.Platform.Devices;
using Garam.Platform.Packs;
using Garam.Platform.Pipeline;
using Garam.Platform.Rest;
using Garam.TimeSeries;

namespace Garam.Platform.Telemetry;

/// <summary>
/// Newest values as JSON, from memory. Not thread-safe: it keeps its lists, encoded names and the last time's text from device to device,
/// because ten thousand devices repeat the same few.
/// </summary>
internal sealed class LatestWriter(TimeSeriesStore store, PackSet packs)
{
    private static readonly JsonEncodedText ValueName = JsonEncodedText.Encode("value");
    private static readonly JsonEncodedText UnitName = JsonEncodedText.Encode("unit");
    private static readonly JsonEncodedText TimeName = JsonEncodedText.Encode("ts");

    private readonly List<NewestValue> _values = [];
    private readonly List<NewestText> _texts = [];
    private readonly Dictionary<string, MetricUnits> _units = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonEncodedText> _names = new(StringComparer.Ordinal);
    private long _timeUs = long.MinValue;
    private JsonEncodedText _timeText;

    public void Write(Utf8JsonWriter json, Device device)
    {
        _values.Clear();
        _texts.Clear();
        if (store.FindGroup(device.Id.Value) is { } group)
        {
            group.CopyNewest(_values);
            group.CopyNewestTexts(_texts);
        }

        var newest = long.MinValue;
        foreach (var value in _values)
            newest = Math.Max(newest, value.TimeUs);
        json.WriteStartObject();
        json.WriteString("device_id", device.Id.Value);
        if (device.ProductId is not null)
            json.WriteString("productId", device.ProductId);
        if (newest > long.MinValue)
            json.WriteString("device_timestamp", Time(newest));
        json.WriteStartObject("metrics");
        var units = UnitsOf(device);
        foreach (var value in _values)
        {
            if (!LaneDevice.IsInternal(value.Name))
                WriteMetric(json, value, units);
        }

        foreach (var text in _texts)
        {
            json.WriteStartObject(text.Name);
            json.WriteString("value", text.Value);
            json.WriteString("ts", TimeParameter.Format(text.TimeUs));
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteMetric(Utf8JsonWriter json, in NewestValue value, MetricUnits units)
    {
        json.WriteStartObject(Name(value.Name));
        json.WritePropertyName(ValueName);
        TelemetryJson.WriteValue(json, value.Kind == SeriesKind.Boolean ? MetricKind.Boolean : MetricKind.Number, value.Value, null);
        if (units[value.Name] is { } unit)
            json.WriteString(UnitName, Name(unit));
        json.WriteString(TimeName, Time(value.TimeUs));
        if (value.IsSuspect)
            json.WriteBoolean("suspect", true);
        json.WriteEndObject();
    }

    private JsonEncodedText Name(string text)
    {
        if (!_names.TryGetValue(text, out var name))
            _names[text] = name = JsonEncodedText.Encode(text, TelemetryJson.Encoder);
        return name;
    }

    private JsonEncodedText Time(long us)
    {
        if (us != _timeUs)
        {
            _timeUs = us;
            _timeText = JsonEncodedText.Encode(TimeParameter.Format(us));
        }

        return _timeText;
    }

    private MetricUnits UnitsOf(Device device)
    {
        var product = device.ProductId ?? "";
        if (!_units.TryGetValue(product, out var units))
            _units[product] = units = new MetricUnits(device, packs);
        return units;
    }
}
