using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Garam.Platform.Devices;
using Garam.Platform.Identity;
using Garam.Platform.Identity.Audit;
using Garam.Platform.Rest;
using Garam.Platform.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Garam.Platform.Alarms;

/// <summary>Alarms over REST: list, show, and what people do with them.</summary>
public static class AlarmEndpoints
{
    private const int LimitDefault = 100;
    private const int LimitMax = 1_000;

    /// <summary>Of an alarm's history, in one answer.</summary>
    private const int HistoryMax = 1_000;

    public static void MapAlarms(this IEndpointRouteBuilder routes)
    {
        var alarms = routes.MapGroup("/api/v1/alarms").WithTags("alarms");
        alarms.MapGet("", List).Require(Role.Viewer, Reach.Customer).WithSummary("Lists alarms, newest first.");
        alarms.MapGet("/summary", Summary).Require(Role.Viewer, Reach.Customer).WithSummary("How many alarms there are of each state and severity.");
        alarms.MapGet("/{id:long}", Get).Require(Role.Viewer, Reach.Customer).WithSummary("One alarm, with the bytes that raised it.");
        alarms.MapGet("/{id:long}/history", History).Require(Role.Viewer, Reach.Customer).WithSummary("What happened to an alarm.");
        alarms.MapPost("/{id:long}/acknowledge", OrderOf(AlarmOrderKind.Acknowledge)).Require(Role.Operator, Reach.Customer).WithSummary("Says that somebody has seen it.");
        alarms.MapPost("/{id:long}/resolve", OrderOf(AlarmOrderKind.Resolve)).Require(Role.Operator, Reach.Customer).WithSummary("Says that somebody has dealt with it.");
        alarms.MapPost("/{id:long}/dismiss", OrderOf(AlarmOrderKind.Dismiss)).Require(Role.Operator, Reach.Customer).WithSummary("Says that it was a false alarm, and why.");
        alarms.MapPost("/{id:long}/close", OrderOf(AlarmOrderKind.Close)).Require(Role.Operator, Reach.Customer).WithSummary("Puts away one that has cleared or was resolved.");
    }

    private static IResult List(
        AlarmStore store, TimeProvider time, Caller caller, string? state = null, string? severity = null, string? device = null, string? site = null,
        string? customer = null, string? product = null, string? ruleset = null, string? rule = null, string? arm = null, string? q = null,
        string? from = null, string? to = null, bool queue = false, string? cursor = null, int limit = LimitDefault)
    {
        if (Problem.OfLimit(limit, LimitMax) is { } refusal)
            return refusal;
        if (AlarmParameters.Filter(state, severity, from, to, cursor, time.GetUtcNow(), out var filter) is { Length: > 0 } problem)
            return Problem.Invalid(problem);
        if (q is { Length: > 200 })
            return Problem.Invalid("q has more than 200 characters.");
        if (caller.Scope.CustomerId is { } own)
        {
            if (customer is not null && customer != own)
                return Items([], null);
            customer = own;
        }

        var found = store.List(
            filter with
            {
                Device = device, RaisedOnly = device is not null && !caller.Scope.SeesDevice(device), Site = site, Customer = customer, Product = product, Ruleset = ruleset, Rule = rule, Arm = arm, Text = q, QueueOnly = queue,
            }, limit + 1);
        var next = found.Count > limit ? found[limit - 1].Id.ToString(CultureInfo.InvariantCulture) : null;
        return Items(found.Take(limit).Select(a => a.SeenBy(caller.Scope)), next);
    }

    private static IResult Summary(AlarmStore store, Caller caller)
    {
        var counts = store.Count(caller.Scope.CustomerId);
        return Results.Ok(new
        {
            open = counts.Where(c => c.State is AlarmState.Raised or AlarmState.Acknowledged).Sum(c => c.Count),
            states = Enum.GetValues<AlarmState>().ToDictionary(
                AlarmNames.Of,
                s => Enum.GetValues<Severity>().Reverse().ToDictionary(AlarmNames.Of, v => counts.Where(c => c.State == s && c.Severity == v).Sum(c => c.Count))),
        });
    }

    private static IResult Get(long id, AlarmStore store, RawReadings readings, DeviceRegistry registry, Caller caller)
    {
        if (store.Find(id) is not { } alarm || !caller.Scope.SeesCustomer(alarm.CustomerId))
            return Unknown(id);
        return JsonOf(json =>
        {
            json.WriteStartObject();
            AlarmJson.WriteParts(json, alarm.SeenBy(caller.Scope));
            if (alarm.RaisedPosition >= 0)
            {
                json.WritePropertyName("raw");
                JsonSerializer.Serialize(json, RawEndpoint.View(readings.At(alarm.RaisedPosition, registry.TryGet(alarm.DeviceId, out var entry) ? entry.Current : null)));
            }

            json.WriteEndObject();
        });
    }

    private static IResult History(long id, AlarmStore store, Caller caller, string? cursor = null)
    {
        if (!long.TryParse(cursor ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var after))
            return Problem.Invalid("cursor must be one that a former answer gave as next.");
        if (store.Find(id) is not { } alarm || !caller.Scope.SeesCustomer(alarm.CustomerId))
            return Unknown(id);
        var lines = store.History(id, after, HistoryMax + 1);
        return Results.Ok(new
        {
            items = lines.Take(HistoryMax).Select(l => new { at = TimeParameter.Format(l.AtUs), change = l.Change, by = l.MadeBy, note = l.Note }),
            next = lines.Count > HistoryMax ? lines[HistoryMax - 1].Id.ToString(CultureInfo.InvariantCulture) : null,
        });
    }

    private static Func<long, HttpRequest, AlarmDesk, AlarmStore, Caller, AuditTrail, CancellationToken, Task<IResult>> OrderOf(AlarmOrderKind kind) =>
        (id, request, desk, store, caller, audit, cancellation) => OrderAsync(kind, id, request, desk, store, caller, audit, cancellation);

    private static async Task<IResult> OrderAsync(
        AlarmOrderKind kind, long id, HttpRequest request, AlarmDesk desk, AlarmStore store, Caller caller, AuditTrail audit, CancellationToken cancellation)
    {
        var (body, problem) = await AlarmOrderBody.ReadAsync(request, kind, cancellation);
        if (body is null)
            return Problem.Invalid(problem);
        if (store.Find(id) is not { } alarm || !caller.Scope.SeesCustomer(alarm.CustomerId))
            return Unknown(id);
        AlarmAnswer answer;
        try
        {
            answer = await desk.OrderAsync(
                new AlarmOrder(id, kind, caller.Principal.Name, body.Text, body.Confirmed ?? true, body.Revision), cancellation);
        }
        catch (System.Data.Common.DbException e)
        {
            return Problem.Of(StatusCodes.Status503ServiceUnavailable, "unavailable", $"The alarm is as it was; the database takes nothing ({e.Message}).");
        }

        if (answer.Alarm is null)
            return Unknown(id);
        if (answer.Refusal is not null)
            return Problem.Of(StatusCodes.Status409Conflict, "alarm-state", $"Alarm {id}: {answer.Refusal}");
        audit.Record(caller, $"alarm.{kind.ToString().ToLowerInvariant()}", id.ToString(CultureInfo.InvariantCulture), body.Text);
        return JsonOf(json => AlarmJson.Write(json, answer.Alarm.SeenBy(caller.Scope)));
    }

    private static IResult Items(IEnumerable<Alarm> alarms, string? next) => JsonOf(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("items");
        foreach (var alarm in alarms)
            AlarmJson.Write(json, alarm);
        json.WriteEndArray();
        if (next is not null)
            json.WriteString("next", next);
        json.WriteEndObject();
    });

    private static IResult JsonOf(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = TelemetryJson.Encoder }))
            write(json);
        return Results.Bytes(buffer.WrittenMemory, "application/json; charset=utf-8");
    }

    private static IResult Unknown(long id) => Problem.NotFound($"There is no alarm {id}.");
}
