using System.Globalization;
using Garam.Platform.Identity;
using Garam.Platform.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Garam.Platform.Pipeline;

/// <summary><c>GET /api/v1/ledger</c>: received = stored + filtered + duplicate + dead + in flight.</summary>
public static class LedgerEndpoint
{
    public static void MapLedger(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/ledger", Get).Require(Role.Viewer).WithTags("observability").WithSummary("The conservation ledger.");

    private static IResult Get(Pipeline pipeline)
    {
        // Counted before received: a message that comes in between shows as in flight, never as missing.
        var total = pipeline.Ledger.Total();
        var since = pipeline.Ledger.SinceStart();
        var received = pipeline.Progress.Received;
        return Results.Ok(new
        {
            total = View(received, total),
            since_start = View(received - pipeline.Ledger.StartPosition, since),
            days = pipeline.Ledger.Days().Reverse().Select(d => new
            {
                day = d.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                stored = d.Counts.Stored,
                filtered = d.Counts.Filtered,
                duplicate = d.Counts.Duplicate,
                dead = d.Counts.Dead,
            }),
            remainder = pipeline.Ledger.Remainder,
            committed = pipeline.Committed.Value,
        });
    }

    private static object View(long received, LedgerCounts counts) => new
    {
        received,
        stored = counts.Stored,
        filtered = counts.Filtered,
        duplicate = counts.Duplicate,
        dead = counts.Dead,
        in_flight = received - counts.Processed,
    };
}
