using System.Globalization;
using System.Text.Json;

namespace Garam.Decoding.Tests;

/// <summary>
/// One case of a pack. <c>expected.json</c> holds the product, what the channel knows (port, model, csv_header), the status, and each
/// reading with all of its metrics. Where the payload is a real device's, <c>vendor</c> is what the maker's own decoder makes of it, word for
/// word: every figure of it must be among the readings too, but for those that <c>left_out</c> names with the reason; <c>renamed</c> tells
/// which of ours stands for one of theirs.
/// </summary>
internal sealed record PackCase(string Product, byte[] Payload, int? Port, string? Model, string? CsvHeader, JsonElement Expected)
{
    public static PackCase Read(string folder)
    {
        var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "expected.json"))).RootElement;
        var input = Directory.GetFiles(folder, "input.*").ShouldHaveSingleItem();
        var payload = Path.GetExtension(input) == ".hex"
            ? Decoded.Bytes(File.ReadAllText(input).Trim())
            : File.ReadAllBytes(input);
        return new PackCase(
            expected.GetProperty("product").GetString()!,
            payload,
            expected.TryGetProperty("port", out var port) ? port.GetInt32() : null,
            expected.TryGetProperty("model", out var model) ? model.GetString() : null,
            expected.TryGetProperty("csv_header", out var header) ? header.GetString() : null,
            expected);
    }

    public void Check(Outcome outcome)
    {
        var status = Expected.TryGetProperty("status", out var told) ? told.GetString() : "decoded";
        outcome.Status.ToString().ToUpperInvariant().ShouldBe(status!.ToUpperInvariant(), string.Join("; ", outcome.Errors));
        if (Expected.TryGetProperty("error", out var error)) outcome.Errors[0].Code.ToString().ShouldBe(error.GetString());
        if (Expected.TryGetProperty("errors", out var count)) outcome.ErrorCount.ShouldBe(count.GetInt32());
        else if (status == "decoded") outcome.Errors.ShouldBeEmpty();
        if (Expected.TryGetProperty("readings", out var readings)) CheckReadings(outcome, readings);
        if (Expected.TryGetProperty("vendor", out var vendor)) CheckVendor(outcome, vendor);
    }

    private static void CheckReadings(Outcome outcome, JsonElement readings)
    {
        outcome.Readings.Count.ShouldBe(readings.GetArrayLength());
        for (var i = 0; i < outcome.Readings.Count; i++)
        {
            var found = outcome.Readings[i];
            var expected = readings[i];
            var metrics = expected.GetProperty("metrics").EnumerateObject().ToDictionary(metric => metric.Name, metric => metric.Value);
            found.Metrics.Keys.Order(StringComparer.Ordinal).ShouldBe(metrics.Keys.Order(StringComparer.Ordinal));
            foreach (var (name, value) in metrics)
                Same(found[name], value).ShouldBeTrue($"{name} is {found[name]}, not {value}");
            found.DeviceTime.ShouldBe(expected.TryGetProperty("device_timestamp", out var time) ? time.GetString() : null);
            found.HubTime.ShouldBe(expected.TryGetProperty("hub_timestamp", out var hub) ? hub.GetString() : null);
            var suspect = expected.TryGetProperty("suspect", out var marked) ? marked.EnumerateArray().Select(item => item.GetString()!).ToArray() : [];
            found.Violations.ShouldBe(suspect);
        }
    }

    private void CheckVendor(Outcome outcome, JsonElement vendor)
    {
        foreach (var (path, value) in Figures(vendor, ""))
        {
            if (Expected.TryGetProperty("left_out", out var left) && left.TryGetProperty(path, out var reason))
            {
                reason.GetString().ShouldNotBeNullOrWhiteSpace();
                continue;
            }

            var name = Expected.TryGetProperty("renamed", out var renamed) && renamed.TryGetProperty(path, out var ours)
                ? ours.GetString()!
                : path[(path.LastIndexOf('.') + 1)..];
            Holds(outcome, name, value).ShouldBeTrue($"the maker's {path} = {value} is in no reading as {name}");
        }
    }

    private static bool Holds(Outcome outcome, string name, JsonElement value) => name == "device_timestamp"
        ? outcome.Readings.Any(reading => reading.DeviceTime == DateTimeOffset.FromUnixTimeSeconds(value.GetInt64()).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))
        : outcome.Readings.Any(reading => reading.Metrics.TryGetValue(name, out var found) && Same(found, value));

    /// <summary>The leaves of the maker's output; a value with its unit beside it is one figure.</summary>
    private static IEnumerable<(string Path, JsonElement Value)> Figures(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            var names = element.EnumerateObject().Select(property => property.Name).ToHashSet();
            if (names.Contains("value") && names.IsSubsetOf(["displayName", "value", "unit"])) return [(path, element.GetProperty("value"))];
            if (names.SetEquals(["data", "unit"])) return [(path, element.GetProperty("data"))];
            return element.EnumerateObject().SelectMany(property => Figures(property.Value, path.Length == 0 ? property.Name : path + "." + property.Name));
        }

        if (element.ValueKind == JsonValueKind.Array)
            return element.EnumerateArray().SelectMany((item, i) => Figures(item, path + "." + i.ToString(CultureInfo.InvariantCulture)));
        return [(path, element)];
    }

    private static bool Same(object found, JsonElement expected) => (found, expected.ValueKind) switch
    {
        (double number, JsonValueKind.Number) => Math.Abs(number - expected.GetDouble()) <= 1e-9 * Math.Max(1e-3, Math.Abs(expected.GetDouble())),
        (bool truth, JsonValueKind.True or JsonValueKind.False) => truth == expected.GetBoolean(),
        (string text, JsonValueKind.String) => text == expected.GetString(),
        _ => false,
    };
}
