using Garam.Log;
using Garam.Platform.DeadLetters;
using Garam.Platform.Ingress;
using Garam.Platform.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Garam.Platform.Observability;

/// <summary><c>/healthz</c>: the process answers. <c>/readyz</c>: it takes messages and stores them; else 503 with what is wrong.</summary>
public static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => Results.Text("ok\n")).OpenToAll().WithTags("observability").WithSummary("The process is alive.");
        routes.MapGet("/readyz", Ready).OpenToAll().WithTags("observability").WithSummary("The process takes messages and stores them.");
        routes.MapGet("/metrics", (PrometheusText metrics) => Results.Text(metrics.Render(), "text/plain; version=0.0.4; charset=utf-8"))
            .OpenToAll().WithTags("observability").WithSummary("All metrics in the Prometheus text format.");
    }

    private static IResult Ready(GaramNode node)
    {
        var problems = node.Problems();
        return Results.Json(
            new { status = problems.Count == 0 ? "ready" : "not-ready", problems },
            statusCode: problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
