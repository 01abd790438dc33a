using Garam.Platform.Identity;
using Garam.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Garam.Web.Plumbing;

/// <summary><c>GET /pipeline</c>: whether messages flow, how fast, and where they ended.</summary>
internal static class PipelineEndpoint
{
    public static void MapPipelinePage(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/pipeline", () => PageResult.Of<PipelinePage>()).AsPage(Role.Viewer, Reach.Platform);
}
