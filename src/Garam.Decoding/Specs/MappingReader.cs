using System.Globalization;
using Garam.Decoding.Values;

namespace Garam.Decoding.Specs;

/// <summary>What mappings of JSON and of CSV have in common: type names, and where the time stands.</summary>
internal static class MappingReader
{
    private static readonly (string Word, Values.ValueType Value)[] Types =
    [
        ("float", Values.ValueType.Number), ("double", Values.ValueType.Number), ("number", Values.ValueType.Number),
        ("float32", Values.ValueType.Number), ("float64", Values.ValueType.Number),
        ("int", Values.ValueType.Integer), ("integer", Values.ValueType.Integer), ("long", Values.ValueType.Integer),
        ("int8", Values.ValueType.Integer), ("int16", Values.ValueType.Integer), ("int32", Values.ValueType.Integer), ("int64", Values.ValueType.Integer),
        ("uint8", Values.ValueType.Integer), ("uint16", Values.ValueType.Integer), ("uint32", Values.ValueType.Integer), ("uint64", Values.ValueType.Integer),
        ("bool", Values.ValueType.Boolean), ("boolean", Values.ValueType.Boolean),
        ("text", Values.ValueType.Text), ("string", Values.ValueType.Text), ("ascii", Values.ValueType.Text), ("utf8", Values.ValueType.Text), ("hex", Values.ValueType.Text),
        ("unix_s", Values.ValueType.UnixSeconds), ("unix_ms", Values.ValueType.UnixMilliseconds),
        ("iso8601", Values.ValueType.Iso8601), ("any", Values.ValueType.Any),
    ];

    /// <summary>The value of a mapping entry; null when it has no usable name.</summary>
    public static ValueSpec? ReadValue(SpecSection item, string fallbackName)
    {
        var name = item.Text("target") ?? fallbackName;
        var isTime = name is "device_timestamp" or "hub_timestamp";
        var numeric = item.Has("bits") || item.Has("enum");
        var type = item.Choice("type", Types)
            ?? (isTime ? Values.ValueType.AnyTime : numeric ? Values.ValueType.Integer : item.Has("scale") || item.Has("bias") ? Values.ValueType.Number : Values.ValueType.Any);
        var value = ValueReader.Read(item, name, type);
        return ValueReader.CheckName(item.At(item.Has("target") ? "target" : "source"), name, item.Problems) ? value : null;
    }

    /// <summary>
    /// The times of a reading: <c>timestamp</c>, <c>hub_timestamp</c>, and where there is no <c>timestamp</c> the column or field that the
    /// documents' <c>output_schema: {timestamp: "${name}"}</c> names (<c>${ingest_time}</c> names none).
    /// </summary>
    public static IEnumerable<(IReadOnlyList<string> Sources, ValueSpec Value, SpecSection At)> ReadTimes(SpecSection root, SpecSection? conversion)
    {
        var device = ReadTime(root, conversion, "timestamp", "device_timestamp");
        if (device is { } found) yield return found;
        else if (SchemaTime(root, conversion) is { } schema) yield return schema;
        if (ReadTime(root, conversion, "hub_timestamp", "hub_timestamp") is { } hub) yield return hub;
    }

    private static (IReadOnlyList<string>, ValueSpec, SpecSection)? ReadTime(SpecSection root, SpecSection? conversion, string key, string name)
    {
        var outer = root.Section(key);
        var time = conversion?.Section(key) ?? outer;
        if (time is null) return null;
        var sources = time.Texts("source");
        var format = time.Choice("format",
            ("iso8601", Values.ValueType.Iso8601), ("unix_s", Values.ValueType.UnixSeconds), ("unix_ms", Values.ValueType.UnixMilliseconds), ("auto", Values.ValueType.AnyTime));
        time.Finish();
        if (sources is null)
        {
            time.Problem("source", $"`source` is missing", $"Write `{key}: {{source: ts, format: iso8601}}`.");
            return null;
        }

        var role = name == "hub_timestamp" ? ValueRole.HubTime : ValueRole.DeviceTime;
        return (sources, new ValueSpec(name, format ?? Values.ValueType.AnyTime) { Role = role }, time);
    }

    private static (IReadOnlyList<string>, ValueSpec, SpecSection)? SchemaTime(SpecSection root, SpecSection? conversion)
    {
        var schema = (conversion?.Has("output_schema") ?? false ? conversion.Section("output_schema") : null) ?? root.Section("output_schema");
        var text = schema?.Text("timestamp");
        if (schema is null || text is null || !text.StartsWith("${", StringComparison.Ordinal) || !text.EndsWith('}')) return null;
        var name = text[2..^1];
        if (name is "ingest_time" or "ingest_timestamp" or "") return null;
        return ([name], new ValueSpec("device_timestamp", Values.ValueType.AnyTime) { Role = ValueRole.DeviceTime }, schema);
    }

    /// <summary>A place from 0, when a source is a number.</summary>
    public static bool TryPlace(string source, out int place) =>
        int.TryParse(source, NumberStyles.None, CultureInfo.InvariantCulture, out place) && place < DecodingLimits.CsvColumnsMax;
}
