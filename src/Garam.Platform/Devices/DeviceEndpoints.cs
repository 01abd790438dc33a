using Garam.Platform.Identity;
using Garam.Platform.Identity.Audit;
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
        routes.MapPut("/api/v1/sites/{id}", PutSite).Require(Role.Administrator).WithTags("devices");
        routes.MapGet("/api/v1/sites", (DeviceRegistry registry, Caller caller) => Results.Ok(new { items = registry.Sites.Where(s => caller.Scope.SeesCustomer(s.CustomerId)).OrderBy(s => s.Id, StringComparer.Ordinal) }))
            .Require(Role.Viewer, Reach.Customer).WithTags("devices");
        routes.MapPut("/api/v1/customers/{id}", PutCustomer).Require(Role.Administrator).WithTags("devices");
        routes.MapGet("/api/v1/customers", (DeviceRegistry registry, Caller caller) => Results.Ok(new { items = registry.Customers.Where(c => caller.Scope.SeesCustomer(c.Id)).OrderBy(c => c.Id, StringComparer.Ordinal) }))
            .Require(Role.Viewer, Reach.Customer).WithTags("devices");
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

    private static IResult Put(string id, DeviceBody body, DeviceRegistry registry, PackCatalog packs, TimeProvider time, Caller caller, AuditTrail audit)
    {
        if (!DeviceId.TryParse(id, out var device, out var problem))
            return Problem.Invalid($"The device id: {problem}.");
        if (body.Problem() is { Length: > 0 } wrong)
            return Problem.Invalid(wrong);
        if (body.ProductId is { } product && !packs.Current.TryGetProduct(product, out _))
            return Problem.Invalid($"productId: no pack describes '{product}'. There are: {string.Join(", ", packs.Current.Products.Select(p => p.Id).Order(StringComparer.Ordinal))}.");
        if (body.HubId == id)
            return Problem.Invalid("hubId: a device cannot be its own hub.");
        if (registry.Put(device, body.ApplyTo) is not { } done)
            return Problem.Of(StatusCodes.Status507InsufficientStorage, "registry-full", "The registry holds as many devices as registration.devices_max allows.");
        audit.Record(caller, done.Created ? "device.add" : "device.put", id, body.Told());
        registry.TryGet(id, out var entry);
        var view = DeviceView.Of(entry!, registry, packs.Current, time);
        return done.Created ? Results.Created($"/api/v1/devices/{id}", view) : Results.Ok(view);
    }

    private static IResult Delete(string id, DeviceRegistry registry, Caller caller, AuditTrail audit)
    {
        if (!registry.Remove(DeviceId.Trusted(id)))
            return Unknown(id);
        audit.Record(caller, "device.remove", id);
        return Results.NoContent();
    }

    private static IResult NewToken(string id, DeviceRegistry registry, Caller caller, AuditTrail audit)
    {
        if (!registry.TryGet(id, out var entry))
            return Unknown(id);
        var (token, hash) = AccessGuard.NewDeviceToken();
        registry.Put(entry.Current.Id, device => device with { CredentialHash = hash });
        audit.Record(caller, "device.token", id);
        return Results.Ok(new { device_id = id, token });
    }

    private static IResult PutSite(string id, SiteBody body, DeviceRegistry registry, Caller caller, AuditTrail audit)
    {
        if (!DeviceId.TryParse(id, out _, out _) || body.Title is { Length: > 256 } || body.CustomerId is { Length: > 128 })
            return Problem.Invalid("A site's id is written as a device's; title has at most 256 and customerId at most 128 characters.");
        var site = new Site(id, body.CustomerId, body.Title);
        registry.Put(site);
        audit.Record(caller, "site.put", id, $"customer {site.CustomerId}, title {site.Title}");
        return Results.Ok(site);
    }

    private static IResult PutCustomer(string id, CustomerBody body, DeviceRegistry registry, Caller caller, AuditTrail audit)
    {
        if (!DeviceId.TryParse(id, out _, out _) || body.Title is { Length: > 256 })
            return Problem.Invalid("A customer's id is written as a device's; title has at most 256 characters.");
        var customer = new Customer(id, body.Title);
        registry.Put(customer);
        audit.Record(caller, "customer.put", id, $"title {customer.Title}");
        return Results.Ok(customer);
    }

    private static IResult Unknown(string id) => Problem.NotFound($"There is no device '{id}'.");

    private sealed record SiteBody(string? CustomerId, string? Title);

    private sealed record CustomerBody(string? Title);
}
