using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Garam.Expressions;

namespace Garam.Platform.Tests.Detection;

/// <summary>
/// A line of a case's <c>readings.ndjson</c>: a reading in the order of arrival, or with <c>t</c> alone only a look at the clock. What is said
/// of a device (site, customer, hub, tags) holds until it is said anew.
/// </summary>
/// <param name="TimeUs">Event time, Unix microseconds.</param>
/// <param name="ReceivedUs">What <c>received</c> says; the event time without it.</param>
/// <param name="Device">Null for a look at the clock.</param>
internal sealed record CaseReading(long TimeUs, long ReceivedUs, string? Device, JsonObject Line, IReadOnlyList<(string Metric, Value Value)> Metrics)
{
    /// <summary>Times written as numbers are seconds from here.</summary>
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static IReadOnlyList<CaseReading> ReadAll(string file)
    {
        var readings = new List<CaseReading>();
        var number = 0;
        foreach (var line in File.ReadLines(file))
        {
            number++;
            if (line.Trim().Length == 0)
                continue;
            try
            {
                readings.Add(Read((JsonObject)JsonNode.Parse(line)!));
            }
            catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or InvalidCastException)
            {
                throw new FormatException($"{file}:{number}: {e.Message}", e);
            }
        }

        return readings;
    }

    /// <summary>A time as cases print it.</summary>
    public static string Format(long us) => DateTimeOffset.UnixEpoch.AddMicroseconds(us).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>A time as cases write it: seconds from the start of 2026, or ISO 8601.</summary>
    public static long TimeOf(string text)
    {
        var at = double.TryParse(text, CultureInfo.InvariantCulture, out var seconds)
            ? Start.AddSeconds(seconds)
            : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return (at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;
    }

    private static CaseReading Read(JsonObject line)
    {
        var timeUs = TimeOf(line["t"]?.ToString() ?? throw new FormatException("a line needs `t`"));
        var receivedUs = line["received"] is { } received ? TimeOf(received.ToString()) : timeUs;
        var metrics = (line["metrics"] as JsonObject ?? []).Select(m => (m.Key, ValueOf(m.Value))).ToList();
        return new CaseReading(timeUs, receivedUs, line["device"]?.GetValue<string>(), line, metrics);
    }

    private static Value ValueOf(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.Number => Value.Of(node.GetValue<double>()),
        JsonValueKind.True => Value.Of(true),
        JsonValueKind.False => Value.Of(false),
        JsonValueKind.String => Value.Of(node.GetValue<string>()),
        _ => Value.Missing,
    };
}
