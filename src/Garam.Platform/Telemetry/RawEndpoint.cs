using Garam.Platform.Devices;
using Garam.Platform.Identity;
using Garam.Platform.Rest;
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

    public static void MapRaw(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/devices/{id}/raw", Get).Require(Role.Viewer, Reach.Customer).WithTags("telemetry").WithSummary("The stored bytes behind a device's readings.");

    private static IResult Get(
        string id, DeviceRegistry registry, RawReadings readings, TimeProvider time, Caller caller,
        string? from = null, string? to = null, int limit = LimitDefault)
    {
        if (!TimeRange.TryRead(from, to, time.GetUtcNow(), out var range, out var problem))
            return Problem.Invalid(problem);
        if (Problem.OfLimit(limit, RawReadings.LimitMax) is { } refusal)
            return refusal;
        if (!caller.Scope.TryGet(registry, id, out var entry))
            return Problem.NotFound($"There is no device '{id}'.");
        var (messages, more) = readings.Find(entry.Current, range.FromUs, range.ToUs, limit);
        return Results.Ok(new { device_id = id, items = messages.Select(View), more });
    }

    /// <summary>A message as the API shows it: <c>gone</c> when retention has removed it.</summary>
    internal static object View(RawReading message)
    {
        if (message.Payload is null)
            return new { position = message.Position, gone = true };
        return new
        {
            position = message.Position,
            channel = message.Channel,
            received = TimeParameter.Format(message.ReceivedUs),
            bytes = message.Payload.Length,
            hex = "0x" + Convert.ToHexStringLower(message.Payload),
            decoded = message.Decoded,
        };
    }
}
