using System.Globalization;
using Garam.Platform.Alarms;
using Garam.Platform.Identity;
using Garam.Platform.Ingress;
using Garam.Platform.Rest;
using Garam.Platform.Rules.BackTest;
using Garam.Web.Alarms;
using Garam.Web.Devices;
using Garam.Web.Fire;
using Garam.Web.Fleet;
using Garam.Web.Plumbing;
using Garam.Web.Visits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Garam.Web.Live;

/// <summary><c>GET /live?card=…</c>: what changes on an open page, as server-sent fragments of HTML.</summary>
internal static class LiveEndpoint
{
    private const int CardsMax = 100;
    private const int ConnectionsMax = 1_000;

    private static readonly ConnectionLimit Connections = new(ConnectionsMax);

    public static void MapLive(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/live", RunAsync).Require(Role.Viewer, Reach.Customer).ExcludeFromDescription();

    private static async Task<IResult> RunAsync(
        HttpContext http, Caller caller, FleetView fleet, Readings readings, CardDeck deck, FleetPulse pulse, PlumbingView plumbing, OpenAlarms alarms, AlarmStore store, FireView fire, BackTestDesk backTests, Visit visit, LogGate gate, TimeProvider time)
    {
        using var slot = Connections.TryEnter();
        if (slot is null)
            return Problem.Of(StatusCodes.Status503ServiceUnavailable, "too-many-streams", $"{ConnectionsMax} pages are open already.");
        var query = http.Request.Query;
        var parts = new List<ILivePart> { new LiveLine(caller.Scope, pulse, withStrip: query.ContainsKey("fleet")) };
        parts.AddRange(query["card"].OfType<string>().Take(CardsMax).Select(id => new LiveCard(id, caller.Scope, fleet, readings, deck, time)));
        if (query["device"].ToString() is { Length: > 0 } device)
            parts.Add(new LiveDevice(DeviceQuery.Of(device, query, visit), caller.Scope, fleet, readings, alarms, store, time));
        if (query.ContainsKey("alarms"))
            parts.Add(new LiveAlarmList(AlarmsQuery.Of(query), alarms, time));
        if (query.ContainsKey("fire"))
            parts.Add(new LiveFire(FireQuery.Of(query), caller.Scope, fire));
        if (query["fire-site"].ToString() is { Length: > 0 } site)
            parts.Add(new LiveBuilding(site, caller.Scope, fire));
        if (query.ContainsKey("pipeline") && caller.Scope.IsEverything)
            parts.Add(new LivePlumbing(plumbing));
        if (long.TryParse(query["backtest"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && caller.Scope.IsEverything && caller.Principal.May(Role.Engineer))
            parts.Add(new LiveBackTest(backTests, number, query["by"] == "device"));

        using var end = caller.OpenStream(time, http.RequestAborted, gate.Closing);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        // A proxy that gathers would make a live page a late one.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            await new LiveConnection(parts, http.RequestServices, http.RequestServices.GetRequiredService<ILoggerFactory>(), time).RunAsync(http.Response, end.Token);
        }
        catch (OperationCanceledException)
        {
            // The reader left, lost the right to look, or the program goes down.
        }

        return Results.Empty;
    }
}
