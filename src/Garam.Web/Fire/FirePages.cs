using Garam.Platform.Identity;
using Garam.Web.Shell;
using Garam.Web.Visits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Garam.Web.Fire;

/// <summary><c>GET /fire</c>: the fire document's dashboard (5.2), and <c>/fire/{site}</c>, a building in detail.</summary>
internal static class FirePages
{
    public static void MapFirePages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/fire", (HttpRequest request) => PageResult.Of<FirePage>(new { Query = FireQuery.Of(request.Query) })).AsPage(Role.Viewer);
        routes.MapGet("/fire/{site}", Get).AsPage(Role.Viewer);
    }

    private static IResult Get(string site, FireView view, Visit visit) =>
        view.Board.Find(visit.Scope, site) is { } building ? PageResult.Of<BuildingPage>(new { Building = building }) : Results.NotFound();
}
