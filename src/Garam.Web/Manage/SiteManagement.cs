using Garam.Platform.Devices;
using Garam.Platform.Identity;
using Garam.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Garam.Web.Manage;

/// <summary>Sites and the customers they belong to, with the rights and checks of REST.</summary>
internal static class SiteManagement
{
    public static void MapSiteManagement(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(ManageAddress.Sites, (DeviceRegistry registry, string? edit, string? done) =>
            PageResult.Of<SitesPage>(new { Edited = registry.FindSite(edit), Done = done })).AsPage(Role.Viewer);
        routes.MapPost(ManageAddress.Sites, PutSite).AsPage(Role.Administrator, Reach.Platform);
        routes.MapPost(ManageAddress.Sites + "/{id}/remove", RemoveSite).AsPage(Role.Administrator, Reach.Platform);
        routes.MapGet(ManageAddress.Customers, (DeviceRegistry registry, string? edit, string? done) =>
            PageResult.Of<CustomersPage>(new { Edited = registry.FindCustomer(edit), Done = done })).AsPage(Role.Viewer);
        routes.MapPost(ManageAddress.Customers, PutCustomer).AsPage(Role.Administrator, Reach.Platform);
        routes.MapPost(ManageAddress.Customers + "/{id}/remove", RemoveCustomer).AsPage(Role.Administrator, Reach.Platform);
    }

    /// <param name="isNew">Filled by the form that adds: a site that is there already is not overwritten by it.</param>
    private static IResult PutSite(
        [FromForm] string? id, [FromForm] string? title, [FromForm] string? customer, [FromForm] string? isNew, SiteDesk desk, DeviceRegistry registry, Caller caller)
    {
        var site = new Site(Trimmed(id) ?? "", Trimmed(customer), Trimmed(title));
        var exists = registry.FindSite(site.Id) is not null;
        if (isNew is not null && exists)
            return Again("taken");
        if (isNew is null && !exists)
            return Results.NotFound();
        if (site.CustomerId is not null && registry.FindCustomer(site.CustomerId) is null)
            return Again("customer");
        var answer = desk.PutSite(caller, site.Id, site.CustomerId, site.Title);
        return answer.IsDone ? Results.LocalRedirect($"{ManageAddress.Sites}?done={(exists ? "saved" : "added")}") : Again(ManageProblem.Of(answer.Outcome));

        IResult Again(string problem) =>
            PageResult.Of<SitesPage>(new { Edited = exists && isNew is null ? site : null, Typed = site, Problem = problem }, StatusCodes.Status400BadRequest);
    }

    /// <param name="isNew">As of a site.</param>
    private static IResult PutCustomer([FromForm] string? id, [FromForm] string? title, [FromForm] string? isNew, SiteDesk desk, DeviceRegistry registry, Caller caller)
    {
        var customer = new Customer(Trimmed(id) ?? "", Trimmed(title));
        var exists = registry.FindCustomer(customer.Id) is not null;
        if (isNew is not null && exists)
            return Again("taken");
        if (isNew is null && !exists)
            return Results.NotFound();
        var answer = desk.PutCustomer(caller, customer.Id, customer.Title);
        return answer.IsDone ? Results.LocalRedirect($"{ManageAddress.Customers}?done={(exists ? "saved" : "added")}") : Again(ManageProblem.Of(answer.Outcome));

        IResult Again(string problem) =>
            PageResult.Of<CustomersPage>(new { Edited = exists && isNew is null ? customer : null, Typed = customer, Problem = problem }, StatusCodes.Status400BadRequest);
    }

    /// <summary>This form and the next are read for their anti-forgery token alone.</summary>
    private static IResult RemoveSite(string id, [FromForm] IFormCollection form, SiteDesk desk, DeviceRegistry registry, Caller caller) => desk.RemoveSite(caller, id).Outcome switch
    {
        DeviceOutcome.Done => Results.LocalRedirect(ManageAddress.Sites + "?done=removed"),
        DeviceOutcome.InUse => PageResult.Of<SitesPage>(new { Edited = registry.FindSite(id), Problem = "in-use" }, StatusCodes.Status409Conflict),
        _ => Results.NotFound(),
    };

    private static IResult RemoveCustomer(string id, [FromForm] IFormCollection form, SiteDesk desk, DeviceRegistry registry, Caller caller) => desk.RemoveCustomer(caller, id).Outcome switch
    {
        DeviceOutcome.Done => Results.LocalRedirect(ManageAddress.Customers + "?done=removed"),
        DeviceOutcome.InUse => PageResult.Of<CustomersPage>(new { Edited = registry.FindCustomer(id), Problem = "in-use" }, StatusCodes.Status409Conflict),
        _ => Results.NotFound(),
    };

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
