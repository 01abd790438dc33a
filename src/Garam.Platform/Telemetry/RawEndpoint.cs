using System.Text.Json;
using Garam.Decoding;
using Garam.Log;
using Garam.Platform.Devices;
using Garam.Platform.Identity;
using Garam.Platform.Ingress;
using Garam.Platform.Packs;
using Garam.Platform.Pipeline;
using Garam.Platform.Rest;
using Garam.TimeSeries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Garam.Platform.Telemetry;

/// <summary>
/// <c>GET /devices/{id}/raw</c>: the way back to the wire. For the readings of a time, the bytes they came from, and what those decode to with
/// the spec of today.
/// </summary>
public static class RawEndpoint
{
    private const int LimitDefault = 100;
    private const int LimitMax = 1_000;

    public static void MapRaw(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/devices/{id}/raw", Get).Require(Role.Viewer, Reach.Customer).WithTags("telemetry").WithSummary("The stored bytes behind a device's readings.");

    private static IResult Get(
        string id, DeviceRegistry registry, PackCatalog packs, TimeSeriesStore store, DurableLog log, TimeProvider time, Caller caller,
        string? from = null, string? to = null, int limit = LimitDefault)
    {
        if (!TimeRange.TryRead(from, to, time.GetUtcNow(), out var range, out var problem))
            return Problem.Invalid(problem);
        if (Problem.OfLimit(limit, LimitMax) is { } refusal)
            return refusal;
        if (!caller.Scope.TryGet(registry, id, out var entry))
            return Problem.NotFound($"There is no device '{id}'.");
        var positions = store.FindGroup(id) is { } group ? Positions(store, group, range) : [];
        var block = new LogBlock(64 * 1024);
        var items = positions.Take(limit).Select(position => Item(position, log, block, entry.Current, packs.Current)).ToList();
        return Results.Ok(new { device_id = id, items, more = positions.Count > limit });
    }

    /// <summary>The record of the log at a position: as an answer's item is, <c>gone</c> when retention has removed it.</summary>
    internal static object At(long position, string deviceId, DurableLog log, DeviceRegistry registry, PackCatalog packs) =>
        Item(position, log, new LogBlock(64 * 1024), registry.TryGet(deviceId, out var entry) ? entry.Current : null, packs.Current);

    /// <summary>Log positions of the readings in the time, ascending. A position may stand up to a millisecond behind its reading.</summary>
    private static SortedSet<long> Positions(TimeSeriesStore store, SeriesGroup group, TimeRange range)
    {
        var values = new List<NewestValue>();
        group.CopyNewest(values);
        var positions = new SortedSet<long>();
        foreach (var series in values.Where(v => LaneDevice.IsInternal(v.Name)))
        {
            using var result = store.Query(group, new SeriesQuery(series.Name, range.FromUs, range.ToUs, QueryStep.Raw) { Reduction = Reduction.None });
            foreach (var position in result.Values)
            {
                positions.Add((long)position);
                if (positions.Count > LimitMax)
                    positions.Remove(positions.Max);
            }
        }

        return positions;
    }

    private static object Item(long position, DurableLog log, LogBlock block, Device? device, PackSet packs)
    {
        if (position < log.First.Value || !log.TryRead(new LogPosition(position), block) || !RawRecord.TryRead(block[0], out var raw))
            return new { position, gone = true };
        return new
        {
            position,
            channel = RawRecord.Text(raw.Channel),
            received = TimeParameter.Format(raw.ReceivedUs),
            bytes = raw.Payload.Length,
            hex = "0x" + Convert.ToHexStringLower(raw.Payload),
            decoded = Decode(raw, device, packs),
        };
    }

    private static List<JsonElement> Decode(in RawRecord raw, Device? device, PackSet packs)
    {
        var productId = raw.Product.IsEmpty ? device?.ProductId : RawRecord.Text(raw.Product);
        if (productId is null || !packs.TryGetProduct(productId, out var product))
            return [];
        var output = new DecodeOutput();
        product.Decoder.Decode(
            raw.Payload,
            new DecodeContext { ReceivedAtUs = raw.ReceivedUs, Model = device?.Model, Port = raw.Port < 0 ? null : raw.Port, CsvHeader = raw.CsvHeader }, output);
        var readings = new List<JsonElement>();
        foreach (var reading in output.Readings)
            readings.Add(DecodedJson.Of(output, reading, product.Decoder.Metrics));
        return readings;
    }
}
