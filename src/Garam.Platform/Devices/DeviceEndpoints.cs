using Garam.Platform.Identity;
using Garam.Platform.Packs;
using Garam.Platform.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Garam.Platform.Devices;

/// <summary>The registry over REST.</summary>
public static class DeviceEndpoints
{
    private const int LimitDefault = 100;
    private const int LimitMax = 10_000;

    public static void MapDevices(this IEndpointRouteBuilder routes)
    {
        var devices = routes.MapGroup("/api/v1/devices").WithTags("devices");
        devices.MapGet("", List).Require(Role.Viewer, Reach.Customer).WithSummary("Lists devices, in order of their ids.");
        devices.MapGet("/{id}", Get).Require(Role.Viewer, Reach.Customer).WithSummary("One device.");
        devices.MapPut("/{id}", Put).Require(Role.Administrator).WithSummary("Registers or changes a device.");
        devices.MapDelete("/{id}", Delete).Require(Role.Administrator).WithSummary("Forgets a device; its readings stay until their retention ends.");
        devices.MapPost("/{id}/token", NewToken).Require(Role.Administrator).WithSummary("Gives the device a new token, shown this once.");
        devices.MapDelete("/{id}/token", RevokeToken).Require(Role.Administrator).WithSummary("Takes the device's token away.");
    }

    private static IResult List(
        DeviceRegistry registry, PackCatalog packs, TimeProvider time, Caller caller,
        string? site = null, string? product = null, string? customer = null, string? status = null, string? q = null, string? cursor = null,
        int limit = LimitDefault)
    {
        if (limit is < 1 or > LimitMax)
            return Problem.Invalid($"limit must be 1 to {LimitMax}.");
        if (status is not null && !DeviceStatus.All.Contains(status))
            return Problem.Invalid($"status must be one of {string.Join(", ", DeviceStatus.All)}.");
        var found = registry.Devices
            .Where(entry => caller.Scope.Sees(entry.Current))
            .Select(entry => DeviceView.Of(entry, registry, packs.Current, time))
            .Where(d => (site is null || d.SiteId == site) && (product is null || d.ProductId == product)
                && (customer is null || d.CustomerId == customer) && (status is null || d.Status == status)
                && (q is null || Mentions(d, q)) && (cursor is null || string.CompareOrdinal(d.DeviceId, cursor) > 0))
            .OrderBy(d => d.DeviceId, StringComparer.Ordinal)
            .Take(limit + 1)
            .ToList();
        var next = found.Count > limit ? found[limit - 1].DeviceId : null;
        return Results.Ok(new { items = found.Take(limit), next });
    }

    private static bool Mentions(DeviceView device, string text) =>
        device.DeviceId.Contains(text, StringComparison.OrdinalIgnoreCase)
        || (device.Title?.Contains(text, StringComparison.OrdinalIgnoreCase) ?? false)
        || device.Tags.Any(t => t.Value.Contains(text, StringComparison.OrdinalIgnoreCase));

    private static IResult Get(string id, DeviceRegistry registry, PackCatalog packs, TimeProvider time, Caller caller) =>
        caller.Scope.TryGet(registry, id, out var entry) ? Results.Ok(DeviceView.Of(entry, registry, packs.Current, time)) : Unknown(id);

    private static IResult Put(string id, DeviceBody body, DeviceDesk desk, DeviceRegistry registry, PackCatalog packs, TimeProvider time, Caller caller)
    {
        var answer = desk.Put(caller, id, body);
        if (Refusal(answer) is { } refusal)
            return refusal;
        if (!registry.TryGet(id, out var entry))
            return Unknown(id);
        var view = DeviceView.Of(entry, registry, packs.Current, time);
        return answer.IsNew ? Results.Created($"/api/v1/devices/{id}", view) : Results.Ok(view);
    }

    private static IResult Delete(string id, DeviceDesk desk, Caller caller) => Refusal(desk.Remove(caller, id)) ?? Results.NoContent();

    private static IResult NewToken(string id, DeviceDesk desk, Caller caller) =>
        desk.NewToken(caller, id) is var answer && Refusal(answer) is { } refusal ? refusal : Results.Ok(new { device_id = id, token = answer.Token });

    private static IResult RevokeToken(string id, DeviceDesk desk, Caller caller) => Refusal(desk.RevokeToken(caller, id)) ?? Results.NoContent();

    internal static IResult? Refusal(DeviceAnswer answer) => answer.Outcome switch
    {
        DeviceOutcome.Done => null,
        DeviceOutcome.Unknown => Problem.NotFound(answer.Detail),
        DeviceOutcome.Full => Problem.Of(StatusCodes.Status507InsufficientStorage, "registry-full", answer.Detail),
        DeviceOutcome.InUse => Problem.Of(StatusCodes.Status409Conflict, "in-use", answer.Detail),
        _ => Problem.Invalid(answer.Detail),
    };

    private static IResult Unknown(string id) => Problem.NotFound($"There is no device '{id}'.");
}
