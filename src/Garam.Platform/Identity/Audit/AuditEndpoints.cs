using System.Globalization;
using Garam.Platform.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Garam.Platform.Identity.Audit;

/// <summary>The audit trail over REST.</summary>
public static class AuditEndpoints
{
    private const int LimitDefault = 100;
    private const int LimitMax = 1_000;

    public static void MapAudit(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/audit", List).Require(Role.Administrator).WithTags("identity").WithSummary("Who changed what, when and from where; the newest first.");

    private static IResult List(
        AuditTrail trail, TimeProvider time,
        string? actor = null, string? action = null, string? subject = null, string? from = null, string? to = null, string? cursor = null, int limit = LimitDefault)
    {
        if (Problem.OfLimit(limit, LimitMax) is { } wrong)
            return wrong;
        var now = time.GetUtcNow();
        long fromUs = 0, toUs = long.MaxValue;
        if ((from is not null && !TimeParameter.TryParse(from, now, out fromUs)) || (to is not null && !TimeParameter.TryParse(to, now, out toUs)))
            return Problem.Invalid("from and to must be times: 2026-03-01T10:00:00Z, -1h or now.");
        var before = long.MaxValue;
        if (cursor is not null && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out before))
            return Problem.Invalid("cursor must be one that a former answer gave as next.");
        var entries = trail.List(actor, action, subject, fromUs, toUs, before, limit + 1);
        var next = entries.Count > limit ? entries[limit - 1].Id.ToString(CultureInfo.InvariantCulture) : null;
        return Results.Ok(new { items = entries.Take(limit).Select(View), next });
    }

    private static object View(AuditEntry entry) => new
    {
        id = entry.Id,
        at = TimeParameter.Format(entry.AtUs),
        actor = entry.Actor,
        address = entry.Address,
        action = entry.Action,
        subject = entry.Subject,
        detail = entry.Detail,
    };
}
