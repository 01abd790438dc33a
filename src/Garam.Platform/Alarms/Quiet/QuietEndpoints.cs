using Garam.Platform.Identity;
using Garam.Platform.Identity.Audit;
using Garam.Platform.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Garam.Platform.Alarms.Quiet;

/// <summary>Shelvings and maintenance windows over REST.</summary>
public static class QuietEndpoints
{
    public static void MapQuietTimes(this IEndpointRouteBuilder routes)
    {
        var shelvings = routes.MapGroup("/api/v1/shelvings").WithTags("alarms");
        shelvings.MapGet("", (AlarmDesk desk) => Results.Ok(new { items = desk.Quiet.Shelvings.Select(View) })).Require(Role.Viewer).WithSummary("Shelvings in force.");
        shelvings.MapPost("", ShelveAsync).Require(Role.Operator).WithSummary("Tells nobody of some alarms for a time.");
        shelvings.MapDelete("/{id:long}", EndShelvingAsync).Require(Role.Operator).WithSummary("Ends a shelving: what still lasts is told now.");
        var windows = routes.MapGroup("/api/v1/maintenance").WithTags("alarms");
        windows.MapGet("", (AlarmDesk desk, TimeProvider time) => Results.Ok(new { items = desk.Quiet.Windows.Select(w => View(w, TimeParameter.ToUs(time.GetUtcNow()))) }))
            .Require(Role.Viewer).WithSummary("Maintenance windows in force and planned.");
        windows.MapPost("", PlanAsync).Require(Role.Operator).WithSummary("Plans a maintenance window, once or weekly.");
        windows.MapDelete("/{id:long}", EndWindowAsync).Require(Role.Operator).WithSummary("Removes a maintenance window.");
    }

    private static async Task<IResult> ShelveAsync(
        ShelvingBody body, AlarmDesk desk, TimeProvider time, Caller caller, AuditTrail audit, CancellationToken cancellation)
    {
        if (body.Read(time.GetUtcNow(), caller.Principal.Name, out var problem) is not { } draft)
            return Problem.Invalid(problem);
        if (await desk.AddAsync(draft, cancellation) is not { } shelving)
            return Full();
        audit.Record(caller, "shelving.add", $"{shelving.Id}", shelving.Reason);
        return Results.Created($"/api/v1/shelvings/{shelving.Id}", View(shelving));
    }

    private static async Task<IResult> PlanAsync(
        MaintenanceBody body, AlarmDesk desk, TimeProvider time, Caller caller, AuditTrail audit, CancellationToken cancellation)
    {
        if (body.Read(time.GetUtcNow(), caller.Principal.Name, out var problem) is not { } draft)
            return Problem.Invalid(problem);
        if (await desk.AddAsync(draft, cancellation) is not { } window)
            return Full();
        audit.Record(caller, "maintenance.add", $"{window.Id}", window.Reason);
        return Results.Created($"/api/v1/maintenance/{window.Id}", View(window, TimeParameter.ToUs(time.GetUtcNow())));
    }

    private static async Task<IResult> EndShelvingAsync(long id, AlarmDesk desk, Caller caller, AuditTrail audit, CancellationToken cancellation)
    {
        if (!desk.Quiet.Shelvings.Any(s => s.Id == id))
            return Problem.NotFound($"There is no shelving {id}.");
        await desk.EndQuietAsync(id, cancellation);
        audit.Record(caller, "shelving.remove", $"{id}");
        return Results.NoContent();
    }

    private static async Task<IResult> EndWindowAsync(long id, AlarmDesk desk, Caller caller, AuditTrail audit, CancellationToken cancellation)
    {
        if (!desk.Quiet.Windows.Any(w => w.Id == id))
            return Problem.NotFound($"There is no maintenance window {id}.");
        await desk.EndQuietAsync(id, cancellation);
        audit.Record(caller, "maintenance.remove", $"{id}");
        return Results.NoContent();
    }

    private static IResult Full() => Problem.Of(
        StatusCodes.Status507InsufficientStorage, "too-many-quiet-times", $"There are {QuietTimes.CountMax} already. Remove some, or cover a site or a customer with one.");

    private static object View(Shelving s) => new
    {
        id = s.Id,
        ruleset = s.Ruleset,
        rule = s.Rule,
        device_id = s.DeviceId,
        siteId = s.SiteId,
        until = TimeParameter.Format(s.UntilUs),
        reason = s.Reason,
        by = s.By,
        made = TimeParameter.Format(s.MadeUs),
    };

    private static object View(MaintenanceWindow w, long nowUs) => new
    {
        id = w.Id,
        device_id = w.DeviceId,
        siteId = w.SiteId,
        customerId = w.CustomerId,
        productId = w.ProductId,
        from = w.FromUs is { } from ? TimeParameter.Format(from) : null,
        to = w.ToUs is { } to ? TimeParameter.Format(to) : null,
        weekly = w.Start is null ? null : new { days = w.Days?.Split(','), start = w.Start, end = w.End, timeZone = w.TimeZone ?? "UTC" },
        active = w.IsActive(nowUs),
        reason = w.Reason,
        by = w.By,
        made = TimeParameter.Format(w.MadeUs),
    };
}
