using Garam.Platform.Devices;
using Garam.Platform.Identity;
using Garam.Web.Manage.Sheets;
using Garam.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Garam.Web.Manage;

/// <summary>
/// The registry of devices: everybody reads the part they see, administrators of the whole platform change it. The same rights, checks and
/// words in the trail as over REST.
/// </summary>
internal static class DeviceManagement
{
    private const string OneDevice = ManageAddress.Devices + "/{id}";

    public static void MapDeviceManagement(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(ManageAddress.Devices, (HttpRequest request, string? done) => PageResult.Of<DevicesPage>(new { Query = DevicesQuery.Of(request.Query), Done = done })).AsPage(Role.Viewer);
        routes.MapGet(ManageAddress.AddDevice, (string? site, string? product) =>
            PageResult.Of<AddDevicePage>(new { Fields = DeviceFields.Empty with { Site = site ?? "", Product = product ?? "" } })).AsPage(Role.Administrator, Reach.Platform);
        routes.MapDeviceSheets();
        routes.MapPost(ManageAddress.AddDevice, Add).AsPage(Role.Administrator, Reach.Platform);
        routes.MapGet(OneDevice, (string id, DeviceRegistry registry, string? done) =>
            registry.TryGet(id, out var entry) ? PageResult.Of<ManageDevicePage>(new { entry.Current, Fields = DeviceFields.Of(entry.Current), Done = done }) : Results.NotFound())
            .AsPage(Role.Administrator, Reach.Platform);
        routes.MapPost(OneDevice, Change).AsPage(Role.Administrator, Reach.Platform);
        routes.MapPost(OneDevice + "/remove", Remove).AsPage(Role.Administrator, Reach.Platform);
        routes.MapPost(OneDevice + "/disable", Disable).AsPage(Role.Administrator, Reach.Platform);
        routes.MapPost(OneDevice + "/enable", Enable).AsPage(Role.Administrator, Reach.Platform);
        routes.MapPost(OneDevice + "/token", NewToken).AsPage(Role.Administrator, Reach.Platform);
        routes.MapPost(OneDevice + "/token/revoke", RevokeToken).AsPage(Role.Administrator, Reach.Platform);
    }

    private static IResult Add([FromForm] IFormCollection form, DeviceDesk desk, Caller caller)
    {
        var fields = DeviceFields.Of(form);
        if (!fields.TryBody(out var body, out var problem))
            return Again(problem);
        var answer = desk.Add(caller, fields.Id, DeviceFields.Changes(body, Device.FirstSeen(default, null, null, 0)));
        return answer.IsDone ? Results.LocalRedirect(ManageAddress.Device(fields.Id, "?done=added")) : Again(ManageProblem.Of(answer.Outcome));

        IResult Again(string wrong) => PageResult.Of<AddDevicePage>(new { Fields = fields, Problem = wrong }, StatusCodes.Status400BadRequest);
    }

    private static IResult Change(string id, [FromForm] IFormCollection form, DeviceDesk desk, DeviceRegistry registry, Caller caller)
    {
        if (!registry.TryGet(id, out var entry))
            return Results.NotFound();
        var fields = DeviceFields.Of(form) with { Id = id };
        if (!fields.TryBody(out var body, out var problem))
            return Again(problem);
        var changes = DeviceFields.Changes(body, entry.Current);
        if (changes == new DeviceBody())
            return Results.LocalRedirect(ManageAddress.Device(id));
        var answer = desk.Put(caller, id, changes);
        return answer.IsDone ? Results.LocalRedirect(ManageAddress.Device(id, "?done=saved")) : Again(ManageProblem.Of(answer.Outcome));

        IResult Again(string wrong) => PageResult.Of<ManageDevicePage>(new { entry.Current, Fields = fields, Problem = wrong }, StatusCodes.Status400BadRequest);
    }

    /// <summary>This form and the next four are read for their anti-forgery token alone.</summary>
    private static IResult Remove(string id, [FromForm] IFormCollection form, DeviceDesk desk, Caller caller) =>
        desk.Remove(caller, id).IsDone ? Results.LocalRedirect(ManageAddress.Devices + "?done=removed") : Results.NotFound();

    private static IResult Disable(string id, [FromForm] IFormCollection form, DeviceDesk desk, DeviceRegistry registry, Caller caller) =>
        Use(id, isDisabled: true, "disabled", desk, registry, caller);

    private static IResult Enable(string id, [FromForm] IFormCollection form, DeviceDesk desk, DeviceRegistry registry, Caller caller) =>
        Use(id, isDisabled: false, "enabled", desk, registry, caller);

    private static IResult Use(string id, bool isDisabled, string done, DeviceDesk desk, DeviceRegistry registry, Caller caller)
    {
        if (!registry.TryGet(id, out var entry))
            return Results.NotFound();
        // Whoever presses twice changes nothing, and the trail says so.
        if (entry.Current.IsDisabled != isDisabled)
            desk.Put(caller, id, new DeviceBody { Disabled = isDisabled });
        return Results.LocalRedirect(ManageAddress.Device(id, "?done=" + done));
    }

    private static IResult NewToken(string id, [FromForm] IFormCollection form, HttpContext http, DeviceDesk desk, DeviceRegistry registry, Caller caller)
    {
        var answer = desk.NewToken(caller, id);
        if (!answer.IsDone || !registry.TryGet(id, out var entry))
            return Results.NotFound();
        http.Response.Headers.CacheControl = "no-store";
        return PageResult.Of<ManageDevicePage>(new { entry.Current, Fields = DeviceFields.Of(entry.Current), answer.Token });
    }

    private static IResult RevokeToken(string id, [FromForm] IFormCollection form, DeviceDesk desk, Caller caller) =>
        desk.RevokeToken(caller, id).IsDone ? Results.LocalRedirect(ManageAddress.Device(id, "?done=revoked")) : Results.NotFound();
}
