using Garam.Platform.Identity;
using Garam.Platform.Rest;
using Garam.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Garam.Web.Home;

/// <summary><c>GET /</c>: a card a device.</summary>
internal static class HomeEndpoints
{
    public static void MapHome(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/", (HttpRequest request) => PageResult.Of<HomePage>(new { Filter = HomeFilter.Of(request.Query) })).AsPage(Role.Viewer);
}
