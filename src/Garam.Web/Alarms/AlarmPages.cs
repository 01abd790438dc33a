using System.Data.Common;
using Garam.Platform.Alarms;
using Garam.Platform.Alarms.Quiet;
using Garam.Platform.Identity;
using Garam.Platform.Identity.Audit;
using Garam.Platform.Rest;
using Garam.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Garam.Web.Alarms;

/// <summary>The list of alarms, each alarm's page, and the forms by which people deal with them.</summary>
internal static class AlarmPages
{
    private const string Path = "/alarms";
    private const int NoteMax = 1_000;
    private const int ShelvedHoursMax = 24 * 7;

    public static void MapAlarmPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (HttpRequest request) => PageResult.Of<AlarmsPage>(new { Query = AlarmsQuery.Of(request.Query) })).AsPage(Role.Viewer);
        routes.MapGet(Path + "/{id:long}", (long id, AlarmStore store, Caller caller, int? refused) =>
            Find(store, caller, id) is { } alarm ? PageResult.Of<AlarmPage>(new { Alarm = alarm, IsRefused = refused is not null }) : Results.NotFound()).AsPage(Role.Viewer);
        routes.MapPost(Path + "/{id:long}/acknowledge", Order(AlarmOrderKind.Acknowledge)).AsPage(Role.Operator);
        routes.MapPost(Path + "/{id:long}/resolve", Order(AlarmOrderKind.Resolve)).AsPage(Role.Operator);
        routes.MapPost(Path + "/{id:long}/dismiss", Order(AlarmOrderKind.Dismiss)).AsPage(Role.Operator);
        routes.MapPost(Path + "/{id:long}/close", Order(AlarmOrderKind.Close)).AsPage(Role.Operator);
        // A shelving covers what is not this customer's alone, as over REST.
        routes.MapPost(Path + "/{id:long}/shelve", ShelveAsync).AsPage(Role.Operator, Reach.Platform);
    }

    private static Delegate Order(AlarmOrderKind kind) =>
        (long id, [FromForm] string? note, [FromForm] string? back, AlarmDesk desk, AlarmStore store, Caller caller, CancellationToken cancellation) =>
            OrderAsync(kind, id, note, back, desk, store, caller, cancellation);

    private static async Task<IResult> OrderAsync(
        AlarmOrderKind kind, long id, string? note, string? back, AlarmDesk desk, AlarmStore store, Caller caller, CancellationToken cancellation)
    {
        if (Find(store, caller, id) is null)
            return Results.NotFound();
        if (note is { Length: > NoteMax } || (kind == AlarmOrderKind.Dismiss && string.IsNullOrWhiteSpace(note)))
            return Results.BadRequest();
        try
        {
            var answer = await desk.OrderAsync(new AlarmOrder(id, kind, caller.Principal.Name, string.IsNullOrWhiteSpace(note) ? null : note.Trim()), cancellation);
            return answer.Refusal is null ? Back(id, back) : Results.LocalRedirect($"{Path}/{id}?refused=1");
        }
        catch (DbException)
        {
            // The database takes nothing: the alarm is as it was, and the pipeline's page says why.
            return Results.LocalRedirect($"{Path}/{id}?refused=1");
        }
    }

    private static async Task<IResult> ShelveAsync(
        long id, [FromForm] int hours, [FromForm] string note, AlarmDesk desk, AlarmStore store, TimeProvider time, Caller caller, AuditTrail audit, CancellationToken cancellation)
    {
        if (Find(store, caller, id) is not { } alarm)
            return Results.NotFound();
        if (hours is < 1 or > ShelvedHoursMax || string.IsNullOrWhiteSpace(note) || note.Length > NoteMax)
            return Results.BadRequest();
        var untilUs = TimeParameter.ToUs(time.GetUtcNow().AddHours(hours));
        var shelving = await desk.AddAsync(
            new Shelving(0, alarm.Key.Ruleset, alarm.Key.Rule, alarm.DeviceId, null, untilUs, note.Trim(), caller.Principal.Name, 0), cancellation);
        if (shelving is null)
            return Results.LocalRedirect($"{Path}/{id}?refused=1");
        audit.Record(caller, "shelving.add", $"{shelving.Id}", shelving.Reason);
        return Back(id, null);
    }

    /// <summary>An alarm that the caller may see.</summary>
    private static Alarm? Find(AlarmStore store, Caller caller, long id) =>
        store.Find(id) is { } alarm && caller.Scope.SeesCustomer(alarm.CustomerId) ? alarm.SeenBy(caller.Scope) : null;

    /// <summary>To where the order was given: the list or the alarm's own page.</summary>
    private static IResult Back(long id, string? back) =>
        Results.LocalRedirect(back is not null && back.StartsWith(Path, StringComparison.Ordinal) ? back : $"{Path}/{id}");
}
