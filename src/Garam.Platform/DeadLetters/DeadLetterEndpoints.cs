using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Garam.Platform.Identity;
using Garam.Platform.Identity.Audit;
using Garam.Platform.Ingress;
using Garam.Platform.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Garam.Platform.DeadLetters;

/// <summary>Dead letters over REST: list, show, retry, drop.</summary>
public static class DeadLetterEndpoints
{
    private const int LimitDefault = 100;
    private const int LimitMax = 1_000;
    private const int PreviewBytes = 64;

    public static void MapDeadLetters(this IEndpointRouteBuilder routes)
    {
        var letters = routes.MapGroup("/api/v1/dead-letters").WithTags("dead letters");
        letters.MapGet("", List).Require(Role.Viewer, Reach.Customer).WithSummary("Lists dead letters in log order, with the number of each reason.");
        letters.MapGet("/{id:long}", Get).Require(Role.Viewer, Reach.Customer).WithSummary("One dead letter with all its bytes.");
        letters.MapPost("/retry", RetryAsync).Require(Role.Operator).WithSummary("Sends dead letters through the pipeline again.");
        letters.MapPost("/drop", Drop).Require(Role.Operator).WithSummary("Removes dead letters for good; the ledger keeps counting them as dead.");
    }

    private static IResult List(DeadLetterStore store, Caller caller, string? reason = null, string? device = null, string? cursor = null, int limit = LimitDefault)
    {
        if (Problem.OfLimit(limit, LimitMax) is { } refusal)
            return refusal;
        if (!long.TryParse(cursor ?? "-1", NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var after))
            return Problem.Invalid("cursor must be one that a former answer gave as next.");
        var letters = store.List(reason, device, after, limit + 1, caller.Scope.CustomerId);
        var next = letters.Count > limit ? letters[limit - 1].Position.ToString(CultureInfo.InvariantCulture) : null;
        return Results.Ok(new { items = letters.Take(limit).Select(l => View(l, PreviewBytes)), next, reasons = store.CountByReason(caller.Scope.CustomerId) });
    }

    private static IResult Get(long id, DeadLetterStore store, Caller caller) =>
        store.Find(id) is { } letter && caller.Scope.SeesDevice(letter.DeviceId) ? Results.Ok(View(letter, int.MaxValue)) : Problem.NotFound($"There is no dead letter {id}.");

    private static async Task<IResult> RetryAsync(RetryBody body, DeadLetterRetry retry, Caller caller, AuditTrail audit, CancellationToken cancellation)
    {
        if (body.Ids is null && body.Reason is null && !body.All)
            return Problem.Invalid("Say which: {\"ids\":[…]}, {\"reason\":\"…\"} or {\"all\":true}.");
        var report = await retry.RunAsync(body.Ids, body.Reason, cancellation);
        audit.Record(
            caller, "dead-letter.retry", body.All ? "all" : body.Reason ?? string.Join(' ', body.Ids!), $"{report.Recovered} recovered, {report.Failed} failed");
        return Results.Ok(new { recovered = report.Recovered, failed = report.Failed });
    }

    private static IResult Drop(DropBody body, DeadLetterStore store, Caller caller, AuditTrail audit)
    {
        if (body.Ids is not { Count: > 0 })
            return Problem.Invalid("Say which: {\"ids\":[…]}.");
        var dropped = store.Remove(body.Ids);
        audit.Record(caller, "dead-letter.drop", string.Join(' ', body.Ids), $"{dropped} dropped");
        return Results.Ok(new { dropped });
    }

    private static object View(DeadLetter letter, int bytesMax)
    {
        var payload = RawRecord.TryRead(letter.Record, out var raw) ? raw.Payload : letter.Record;
        var shown = payload[..Math.Min(payload.Length, bytesMax)];
        return new
        {
            id = letter.Position,
            reason = letter.Reason,
            detail = letter.Detail,
            device_id = letter.DeviceId,
            productId = letter.ProductId,
            specVersion = letter.SpecVersion,
            channel = letter.Channel,
            received = TimeParameter.Format(letter.ReceivedUs),
            first = TimeParameter.Format(letter.FirstUs),
            last = TimeParameter.Format(letter.LastUs),
            attempts = letter.Attempts,
            bytes = payload.Length,
            hex = "0x" + Convert.ToHexStringLower(shown),
            text = Utf8.IsValid(shown) ? Encoding.UTF8.GetString(shown) : null,
        };
    }

    private sealed record RetryBody(IReadOnlyCollection<long>? Ids, string? Reason, bool All);

    private sealed record DropBody(IReadOnlyCollection<long>? Ids);
}
