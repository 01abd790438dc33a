using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Channels;
using Garam.Decoding.Specs;
using Garam.Platform.Identity;
using Garam.Platform.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Garam.Platform.Rules.BackTest;

/// <summary>Back-tests over REST: one JSON, or with <c>Accept: application/x-ndjson</c> lines of progress and the report as the last.</summary>
internal static class BackTestEndpoint
{
    private const int ListDefault = 1_000;
    private const int ListMax = 10_000;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static void Map(RouteGroupBuilder rulesets) => rulesets.MapPost("/backtest", RunAsync).Require(Role.Engineer)
        .WithSummary("Runs a draft over the stored past: what it would have raised, beside the live version and the real alarms.");

    private static async Task<IResult> RunAsync(
        Body body, HttpContext http, RulesetCatalog catalog, BackTestQueue queue, TimeProvider time, CancellationToken cancellation)
    {
        if (!TryRead(body, catalog, time.GetUtcNow(), out var request, out var listMax, out var wrong))
            return wrong!;
        if (http.Request.Headers.Accept.Any(a => a is not null && a.Contains("ndjson", StringComparison.OrdinalIgnoreCase)))
            return new Lines(queue, request!, listMax);
        try
        {
            return await queue.RunAsync(request!, listMax, _ => { }, cancellation) is { } report
                ? Results.Json(BackTestView.Of(report), Plain)
                : Busy();
        }
        catch (BackTestLimitException e)
        {
            return Problem.Invalid(e.Message);
        }
    }

    private static bool TryRead(Body body, RulesetCatalog catalog, DateTimeOffset now, out BackTestRequest? request, out int listMax, out IResult? wrong)
    {
        request = null;
        listMax = body.Limit ?? ListDefault;
        wrong = null;
        if (listMax is < 1 or > ListMax)
            wrong = Problem.Invalid($"limit must be 1 to {ListMax}.");
        else if (body.Text is null == body.Id is null)
            wrong = Problem.Invalid("Say what to run: {\"text\":\"ruleset: …\"}, or {\"id\":\"…\",\"version\":3}.");
        else if (body.Devices is { Count: > BackTestRequest.DevicesMax })
            wrong = Problem.Invalid($"devices: at most {BackTestRequest.DevicesMax}; leave it out for all of the product.");
        if (!TimeParameter.TryParse(body.From ?? "-1d", now, out var fromUs))
            wrong ??= Problem.Invalid($"from: '{body.From}' is no time. Write 2026-03-01T10:00:00Z, or -1d.");
        if (!TimeParameter.TryParse(body.To ?? "now", now, out var toUs))
            wrong ??= Problem.Invalid($"to: '{body.To}' is no time. Write 2026-03-01T10:00:00Z, or now.");
        if (fromUs >= toUs)
            wrong ??= Problem.Invalid("from must lie before to.");
        else if (toUs - fromUs > BackTestRequest.RangeMaxUs)
            wrong ??= Problem.Invalid("The range is longer than 92 days; run it in parts.");
        if (wrong is not null || Draft(body, catalog, out var version, out var notes, out wrong) is not { } draft)
            return false;
        var live = catalog.Find(draft.Id)?.InForce;
        request = new BackTestRequest(draft, version, live, fromUs, toUs, (body.Devices ?? []).ToHashSet(StringComparer.Ordinal)) { Notes = notes };
        return true;
    }

    private static RulesetDefinition? Draft(Body body, RulesetCatalog catalog, out int version, out IReadOnlyList<SpecProblem> notes, out IResult? wrong)
    {
        version = 0;
        notes = [];
        wrong = null;
        var text = body.Text;
        if (body.Id is { } id)
        {
            version = body.Version ?? catalog.Store.Newest(id)?.Version ?? 0;
            text = catalog.Store.Find(id, version)?.Text;
            if (text is null)
            {
                wrong = Problem.NotFound($"'{id}' has no version {version}.");
                return null;
            }
        }

        var read = catalog.Check(text!, body.Id is null ? "ruleset.yaml" : $"{body.Id} version {version}");
        notes = read.Notes;
        if (!read.IsFit)
            wrong = RulesetView.Invalid(read.Problems);
        return read.IsFit ? read.Definition : null;
    }

    private static IResult Busy() =>
        Problem.Of(StatusCodes.Status429TooManyRequests, "too-many-backtests", "Other back-tests are waiting already; send it again when one is done.");

    private sealed record Body(string? Text, string? Id, int? Version, string? From, string? To, IReadOnlyList<string>? Devices, int? Limit);

    /// <summary>The answer as lines. A reader that goes away ends the run.</summary>
    private sealed class Lines(BackTestQueue queue, BackTestRequest request, int listMax) : IResult
    {
        public async Task ExecuteAsync(HttpContext http)
        {
            using var gone = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
            // Of progress only the newest counts: a slow reader gets fewer lines, and does not slow the run.
            var shares = Channel.CreateBounded<double>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
            var running = RunAsync(shares.Writer, gone.Token);
            try
            {
                await foreach (var share in shares.Reader.ReadAllAsync(gone.Token))
                {
                    http.Response.ContentType ??= "application/x-ndjson";
                    await http.Response.WriteAsync(JsonSerializer.Serialize(new { progress = Math.Round(share, 3) }, Plain) + "\n", gone.Token);
                    await http.Response.Body.FlushAsync(gone.Token);
                }

                var report = await running;
                if (report is null)
                {
                    await Busy().ExecuteAsync(http);
                    return;
                }

                http.Response.ContentType ??= "application/x-ndjson";
                await http.Response.WriteAsync(JsonSerializer.Serialize(BackTestView.Of(report), Plain) + "\n", gone.Token);
            }
            catch (BackTestLimitException e) when (http.Response.HasStarted)
            {
                await http.Response.WriteAsync(JsonSerializer.Serialize(new { error = e.Message }, Plain) + "\n", gone.Token);
            }
            catch (BackTestLimitException e)
            {
                await Problem.Invalid(e.Message).ExecuteAsync(http);
            }
            finally
            {
                await gone.CancelAsync();
                await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        private async Task<BackTestReport?> RunAsync(ChannelWriter<double> shares, CancellationToken cancellation)
        {
            try
            {
                return await queue.RunAsync(request, listMax, share => shares.TryWrite(share), cancellation);
            }
            finally
            {
                shares.TryComplete();
            }
        }
    }
}
