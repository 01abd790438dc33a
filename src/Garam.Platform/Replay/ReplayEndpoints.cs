using System.Text.Json;
using Garam.Log;
using Garam.Platform.Identity;
using Garam.Platform.Identity.Audit;
using Garam.Platform.Ingress;
using Garam.Platform.Rest;
using Garam.Platform.Rules.BackTest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Garam.Platform.Replay;

/// <summary><c>POST /api/v1/replay</c>: repairs stored data from the raw log, telling how far it is line by line. Hanging up cancels it.</summary>
public static class ReplayEndpoints
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    public static void MapReplay(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/replay", RunAsync).Require(Role.Engineer).WithTags("telemetry")
            .WithSummary("Decodes a range of the raw log again and repairs what is stored of it; answers NDJSON, the report last.");

    private static async Task<IResult> RunAsync(
        ReplayBody body, LogReplay replay, LogGate gate, TimeProvider time, Caller caller, AuditTrail audit, HttpContext http)
    {
        if (body.From is null)
            return Problem.Invalid("from is missing: the receive time of the first message to decode again, 2026-03-01T10:00:00Z or -1h.");
        if (!TimeRange.TryRead(body.From, body.To, time.GetUtcNow(), out var range, out var problem))
            return Problem.Invalid(problem);
        if (body is { DryRun: true, Raise: true })
            return Problem.Invalid("raise judges the repaired readings, and dryRun repairs none: leave one of them out.");
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, gate.Closing, caller.Ended);
        ReplayProgress? reached = null;
        var request = new ReplayRequest(range.FromUs, range.ToUs, body.Device, body.DryRun) { RaisesFor = body.Raise ? caller.Principal.Name : null };
        var run = replay.TryRunAsync(request, progress => Volatile.Write(ref reached, progress), ending.Token);
        if (run.IsCompletedSuccessfully && await run is null)
            return Problem.Of(StatusCodes.Status409Conflict, "replay-running", "A replay is running; wait for its end, or cancel it where it was started.");
        http.Response.ContentType = "application/x-ndjson; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            while (await Task.WhenAny(run, Task.Delay(Interval, time, ending.Token)) != run && !ending.IsCancellationRequested)
            {
                if (Volatile.Read(ref reached) is { } at)
                    await WriteAsync(http, new { progress = at.Share, messages = at.Messages, changes = at.Changes, judged = at.Judged }, ending.Token);
            }

            var report = await run;
            if (!body.DryRun)
            {
                audit.Record(
                    caller, "replay.run", body.Device ?? "all devices",
                    $"{TimeParameter.Format(range.FromUs)} to {TimeParameter.Format(range.ToUs)}: {report!.Messages} messages, {report.Added} samples added, {report.Changed} changed, {report.Removed} removed"
                    + (report.Alarms is { } alarms ? $", {alarms.Raised.Values.Sum()} alarms recorded" : ""));
            }

            await WriteAsync(http, new { report = View(report!) }, ending.Token);
        }
        catch (LogPositionGoneException e)
        {
            await WriteAsync(http, new { error = $"Retention removed the part of the log that was being read: {e.Message} What was repaired stays; ask again." }, ending.Token);
        }
        catch (BackTestLimitException e)
        {
            await WriteAsync(http, new { error = $"The readings are repaired, but the rules cannot judge them at once: {e.Message}" }, ending.Token);
        }
        catch (OperationCanceledException)
        {
            // Cancelled by its asker, or the program goes down: the next replay of the range finishes it.
        }

        return Results.Empty;
    }

    private static async Task WriteAsync(HttpContext http, object line, CancellationToken cancellation)
    {
        await JsonSerializer.SerializeAsync(http.Response.Body, line, JsonSerializerOptions.Web, cancellation);
        await http.Response.Body.WriteAsync("\n"u8.ToArray(), cancellation);
        await http.Response.Body.FlushAsync(cancellation);
    }

    private static object View(ReplayReport report) => new
    {
        dryRun = report.IsDryRun,
        messages = report.Messages,
        skipped = report.Skipped,
        expired = report.Expired,
        devices = report.Devices,
        added = report.Added,
        changed = report.Changed,
        removed = report.Removed,
        moved = report.Moves,
        logBegins = report.LogBeginsUs is { } us ? TimeParameter.Format(us) : null,
        alarms = report.Alarms is { } alarms ? new { raised = alarms.Raised, known = alarms.Known, holding = alarms.Holding, beyond = alarms.Beyond } : null,
        changes = report.Changes.Select(c => new
        {
            device_id = c.DeviceId,
            metric = c.Metric,
            added = c.Added,
            changed = c.Changed,
            removed = c.Removed,
            examples = c.Examples.Select(e => new { ts = TimeParameter.Format(e.TimeUs), before = e.Before, after = e.After }),
        }),
    };

    private sealed record ReplayBody(string? From, string? To, string? Device, bool DryRun, bool Raise);
}
