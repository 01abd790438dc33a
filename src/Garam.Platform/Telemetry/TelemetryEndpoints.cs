using System.Text.Json;
using Garam.Decoding;
using Garam.Platform.Devices;
using Garam.Platform.Identity;
using Garam.Platform.Packs;
using Garam.Platform.Pipeline;
using Garam.Platform.Rest;
using Garam.TimeSeries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Garam.Platform.Telemetry;

/// <summary>Readings over REST: the newest, and over time.</summary>
public static class TelemetryEndpoints
{
    private const int LatestLimitDefault = 1_000;
    private const int LatestLimitMax = 50_000;

    /// <summary>Bytes gathered before they are sent on: large enough to be few writes, small enough to stay off the large object heap.</summary>
    private const int FlushBytes = 32 * 1024;

    public static void MapTelemetry(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/latest", LatestOfAllAsync).Require(Role.Viewer, Reach.Customer).WithTags("telemetry").WithSummary("Newest values of many devices.");
        routes.MapGet("/api/v1/devices/{id}/latest", LatestAsync).Require(Role.Viewer, Reach.Customer).WithTags("telemetry").WithSummary("Newest values of a device.");
        routes.MapGet("/api/v1/devices/{id}/telemetry", TelemetryAsync).Require(Role.Viewer, Reach.Customer).WithTags("telemetry").WithSummary("Readings of a device over time.");
    }

    private static IResult LatestAsync(string id, DeviceRegistry registry, PackCatalog packs, TimeSeriesStore store, Caller caller)
    {
        if (!caller.Scope.TryGet(registry, id, out var entry))
            return Problem.NotFound($"There is no device '{id}'.");
        return new JsonStream(json =>
        {
            new LatestWriter(store, packs.Current).Write(json, entry.Current);
            return null;
        });
    }

    private static IResult LatestOfAllAsync(
        DeviceRegistry registry, PackCatalog packs, TimeSeriesStore store, Caller caller,
        string? site = null, string? product = null, string? cursor = null, int limit = LatestLimitDefault)
    {
        if (Problem.OfLimit(limit, LatestLimitMax) is { } refusal)
            return refusal;
        var devices = registry.Devices.Select(e => e.Current)
            .Where(d => caller.Scope.Sees(d) && (site is null || d.SiteId == site) && (product is null || d.ProductId == product)
                && (cursor is null || string.CompareOrdinal(d.Id.Value, cursor) > 0))
            .OrderBy(d => d.Id.Value, StringComparer.Ordinal).Take(limit + 1).ToList();
        return new JsonStream(json => WriteAll(json, devices, limit, new LatestWriter(store, packs.Current)).GetEnumerator());
    }

    private static IEnumerable<bool> WriteAll(Utf8JsonWriter json, List<Device> devices, int limit, LatestWriter latest)
    {
        json.WriteStartObject();
        json.WriteStartArray("items");
        foreach (var device in devices.Take(limit))
        {
            latest.Write(json, device);
            yield return true;
        }

        json.WriteEndArray();
        if (devices.Count > limit)
            json.WriteString("next", devices[limit - 1].Id.Value);
        json.WriteEndObject();
    }

    private static IResult TelemetryAsync(
        string id, DeviceRegistry registry, PackCatalog packs, TimeSeriesStore store, TimeProvider time, Caller caller,
        string? metrics = null, string? from = null, string? to = null, string? step = null, string? agg = null, int? maxPoints = null)
    {
        if (TelemetryQuery.TryRead(metrics, from, to, step, agg, maxPoints, time.GetUtcNow(), out var problem) is not { } query)
            return Problem.Invalid(problem);
        if (!caller.Scope.TryGet(registry, id, out var entry))
            return Problem.NotFound($"There is no device '{id}'.");
        var group = store.FindGroup(id);
        return new JsonStream(json => WriteSeries(json, entry.Current, group, query, store, new MetricUnits(entry.Current, packs.Current)).GetEnumerator());
    }

    private static IEnumerable<bool> WriteSeries(
        Utf8JsonWriter json, Device device, SeriesGroup? group, TelemetryQuery query, TimeSeriesStore store, MetricUnits units)
    {
        json.WriteStartObject();
        json.WriteString("device_id", device.Id.Value);
        json.WriteString("step", StepText(query.Step.IsAuto ? -1 : query.Step.Us));
        json.WriteStartArray("series");
        if (group is not null)
        {
            var texts = new List<NewestText>();
            group.CopyNewestTexts(texts);
            foreach (var metric in query.Metrics ?? MetricsOf(group))
            {
                foreach (var written in WriteOne(json, metric, group, texts.Exists(t => t.Name == metric), query, store, units))
                    yield return written;
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static IEnumerable<bool> WriteOne(
        Utf8JsonWriter json, string metric, SeriesGroup group, bool isText, TelemetryQuery query, TimeSeriesStore store, MetricUnits units)
    {
        json.WriteStartObject();
        json.WriteString("metric", metric);
        if (units[metric] is { } unit)
            json.WriteString("unit", unit);
        if (isText)
        {
            WriteTexts(json, store.TextEvents(group, metric, query.FromUs, query.ToUs, query.PointsMax));
            json.WriteEndObject();
            yield return true;
            yield break;
        }

        using var result = store.Query(group, new SeriesQuery(metric, query.FromUs, query.ToUs, query.Step)
        {
            Aggregates = query.Aggregates.Aggregate(default(Aggregates), (all, a) => all | a.Aggregate),
            PointsMax = query.PointsMax,
        });
        if (query.Step.IsAuto)
            json.WriteString("step", StepText(result.StepUs));
        if (result.IsTruncated)
            json.WriteBoolean("truncated", true);
        json.WriteStartArray("points");
        for (var i = 0; i < result.Count; i++)
        {
            WritePoint(json, result, i, query);
            if (i % 256 == 255)
                yield return true;
        }

        json.WriteEndArray();
        json.WriteEndObject();
        yield return true;
    }

    /// <summary><c>[unix_ms, value]</c>, with more aggregates <c>[unix_ms, avg, min, …]</c> in the order asked for.</summary>
    private static void WritePoint(Utf8JsonWriter json, QueryResult result, int index, TelemetryQuery query)
    {
        json.WriteStartArray();
        TelemetryJson.WriteUnixMs(json, result.Times[index]);
        if (result.StepUs == 0)
        {
            TelemetryJson.WriteNumber(json, result.Values[index]);
        }
        else
        {
            foreach (var (_, aggregate) in query.Aggregates)
                TelemetryJson.WriteNumber(json, result[aggregate][index]);
        }

        json.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, IReadOnlyList<TextEvent> events)
    {
        json.WriteStartArray("points");
        foreach (var change in events)
        {
            json.WriteStartArray();
            TelemetryJson.WriteUnixMs(json, change.TimeUs);
            json.WriteStringValue(change.Value);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static List<string> MetricsOf(SeriesGroup group)
    {
        var values = new List<NewestValue>();
        group.CopyNewest(values);
        return [.. values.Where(v => !LaneDevice.IsInternal(v.Name)).Select(v => v.Name)];
    }

    private static string StepText(long us) => us switch
    {
        < 0 => "auto",
        0 => "raw",
        _ when us % 86_400_000_000 == 0 => $"{us / 86_400_000_000}d",
        _ when us % 3_600_000_000 == 0 => $"{us / 3_600_000_000}h",
        _ when us % 60_000_000 == 0 => $"{us / 60_000_000}m",
        _ => $"{us / 1_000_000}s",
    };

    /// <summary>
    /// Writes JSON to the response piece by piece: each step of the enumerator writes some, and what has gathered is sent before the next.
    /// </summary>
    private sealed class JsonStream(Func<Utf8JsonWriter, IEnumerator<bool>?> write) : IResult
    {
        public async Task ExecuteAsync(HttpContext http)
        {
            http.Response.ContentType = "application/json; charset=utf-8";
            var writer = http.Response.BodyWriter;
            await using var json = new Utf8JsonWriter(writer, new JsonWriterOptions { SkipValidation = true, Encoder = TelemetryJson.Encoder });
            using var steps = write(json);
            var sent = 0L;
            while (steps?.MoveNext() ?? false)
            {
                if (json.BytesCommitted + json.BytesPending - sent < FlushBytes)
                    continue;
                // Not reset in between: the writer must remember that it stands inside a list.
                json.Flush();
                sent = json.BytesCommitted;
                await writer.FlushAsync(http.RequestAborted);
            }

            json.Flush();
            await writer.FlushAsync(http.RequestAborted);
        }
    }
}
