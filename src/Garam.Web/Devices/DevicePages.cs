using Garam.Platform.Identity;
using Garam.Web.Fleet;
using Garam.Web.Shell;
using Garam.Web.Visits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Garam.Web.Devices;

/// <summary><c>GET /devices/{id}</c>, and <c>/detail?device=</c>, the PLC document's address of the same page.</summary>
internal static class DevicePages
{
    public static void MapDevicePages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/devices/{id}", Get).AsPage(Role.Viewer);
        routes.MapGet("/detail", (string? device) => device is { Length: > 0 } ? Results.LocalRedirect(DeviceAddress.Of(device)) : Results.NotFound()).AsPage(Role.Viewer);
    }

    private static IResult Get(string id, HttpRequest request, FleetView fleet, Visit visit) =>
        fleet.Find(visit.Scope, id) is { } device
            ? PageResult.Of<DevicePage>(new { Device = device, Query = DeviceQuery.Of(id, request.Query, visit) })
            : Results.NotFound();
}
