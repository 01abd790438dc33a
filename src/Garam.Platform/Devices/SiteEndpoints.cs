using Garam.Platform.Identity;
using Garam.Platform.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Garam.Platform.Devices;

/// <summary>Sites and customers over REST.</summary>
public static class SiteEndpoints
{
    public static void MapSites(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/api/v1/sites/{id}", PutSite).Require(Role.Administrator).WithTags("devices");
        routes.MapDelete("/api/v1/sites/{id}", DeleteSite).Require(Role.Administrator).WithTags("devices").WithSummary("Removes a site on which no device stands.");
        routes.MapGet("/api/v1/sites", (DeviceRegistry registry, Caller caller) => Results.Ok(new { items = registry.Sites.Where(s => caller.Scope.SeesCustomer(s.CustomerId)).OrderBy(s => s.Id, StringComparer.Ordinal) }))
            .Require(Role.Viewer, Reach.Customer).WithTags("devices");
        routes.MapPut("/api/v1/customers/{id}", PutCustomer).Require(Role.Administrator).WithTags("devices");
        routes.MapDelete("/api/v1/customers/{id}", DeleteCustomer).Require(Role.Administrator).WithTags("devices")
            .WithSummary("Removes a customer who has no site, user or token any more.");
        routes.MapGet("/api/v1/customers", (DeviceRegistry registry, Caller caller) => Results.Ok(new { items = registry.Customers.Where(c => caller.Scope.SeesCustomer(c.Id)).OrderBy(c => c.Id, StringComparer.Ordinal) }))
            .Require(Role.Viewer, Reach.Customer).WithTags("devices");
    }

    private static IResult PutSite(string id, SiteBody body, SiteDesk desk, Caller caller) =>
        DeviceEndpoints.Refusal(desk.PutSite(caller, id, body.CustomerId, body.Title)) ?? Results.Ok(new Site(id, body.CustomerId, body.Title));

    private static IResult PutCustomer(string id, CustomerBody body, SiteDesk desk, Caller caller) =>
        DeviceEndpoints.Refusal(desk.PutCustomer(caller, id, body.Title)) ?? Results.Ok(new Customer(id, body.Title));

    private static IResult DeleteSite(string id, SiteDesk desk, Caller caller) => DeviceEndpoints.Refusal(desk.RemoveSite(caller, id)) ?? Results.NoContent();

    private static IResult DeleteCustomer(string id, SiteDesk desk, Caller caller) => DeviceEndpoints.Refusal(desk.RemoveCustomer(caller, id)) ?? Results.NoContent();

    private sealed record SiteBody(string? CustomerId, string? Title);

    private sealed record CustomerBody(string? Title);
}
