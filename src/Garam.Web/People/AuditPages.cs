using Garam.Platform.Identity;
using Garam.Web.Shell;
using Garam.Web.Visits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Garam.Web.People;

/// <summary><c>GET /audit</c>: who changed what, for administrators.</summary>
internal static class AuditPages
{
    public static void MapAuditPage(this IEndpointRouteBuilder routes) =>
        routes.MapGet(UserAddress.Audit, (HttpRequest request, Visit visit) => PageResult.Of<AuditPage>(new { Query = AuditQuery.Of(request.Query, visit) }))
            .AsPage(Role.Administrator, Reach.Platform);
}
