using Garam.Platform.Identity;
using Garam.Platform.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Garam.Web.Shell;

/// <summary>What all pages have in common.</summary>
internal static class PageEndpoint
{
    /// <summary>Marks an endpoint that answers a person's browser: errors are pages too, and it is no part of the REST description.</summary>
    public sealed record Mark;

    /// <param name="reach">Whose things it shows; those of customers are asked for one by one.</param>
    public static RouteHandlerBuilder AsPage(this RouteHandlerBuilder endpoint, Role role, Reach reach = Reach.Customer) =>
        endpoint.Require(role, reach).WithMetadata(new Mark()).ExcludeFromDescription();

    public static RouteHandlerBuilder AsOpenPage(this RouteHandlerBuilder endpoint) => endpoint.OpenToAll().WithMetadata(new Mark()).ExcludeFromDescription();
}
