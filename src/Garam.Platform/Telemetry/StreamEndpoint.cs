using System.Buffers;
using System.Text.Json;
using Garam.Platform.Identity;
using Garam.Platform.Ingress;
using Garam.Platform.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Garam.Platform.Telemetry;

/// <summary><c>GET /api/v1/stream?devices=a,b</c>: readings as server-sent events, while they come.</summary>
public static class StreamEndpoint
{
    private const int DevicesMax = 1_000;
    private const int WatchersMax = 1_000;

    /// <summary>A comment this often keeps proxies from closing a quiet stream, and shows the reader that it lives.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);

    private static readonly ConnectionLimit Watchers = new(WatchersMax);

    public static void MapStream(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/stream", StreamAsync).Require(Role.Viewer, Reach.Customer).WithTags("telemetry").WithSummary("Readings as server-sent events.");

    private static async Task<IResult> StreamAsync(HttpContext http, TelemetryStream stream, LogGate gate, TimeProvider time, Caller caller, string? devices = null)
    {
        var names = devices?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (names is { Length: > DevicesMax })
            return Problem.Invalid($"devices: at most {DevicesMax}; leave it out to watch all.");
        using var slot = Watchers.TryEnter();
        if (slot is null)
            return Problem.Of(StatusCodes.Status503ServiceUnavailable, "too-many-streams", $"{WatchersMax} streams are open already.");
        using var watcher = stream.Watch(names?.ToHashSet(StringComparer.Ordinal), caller.Scope);
        using var ending = caller.OpenStream(time, http.RequestAborted, gate.Closing);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            await PumpAsync(http.Response, watcher, time, ending.Token);
        }
        catch (OperationCanceledException)
        {
            // The reader left, its right to read has ended, or the program goes down.
        }

        return Results.Empty;
    }

    private static async Task PumpAsync(HttpResponse response, TelemetryStream.Watcher watcher, TimeProvider time, CancellationToken ending)
    {
        var output = response.BodyWriter;
        await using var json = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true, Encoder = TelemetryJson.Encoder });
        output.Write(": watching\n\n"u8);
        await output.FlushAsync(ending);
        var more = watcher.Readings.WaitToReadAsync(ending).AsTask();
        while (true)
        {
            try
            {
                await more.WaitAsync(Heartbeat, time, ending);
            }
            catch (TimeoutException)
            {
                output.Write(": alive\n\n"u8);
                await output.FlushAsync(ending);
                continue;
            }

            if (!await more)
                return;
            if (watcher.TakeLost() is var lost and > 0)
                output.Write(System.Text.Encoding.UTF8.GetBytes($"event: lagged\ndata: {{\"lost\":{lost}}}\n\n"));
            while (watcher.Readings.TryRead(out var reading))
            {
                output.Write("event: telemetry\ndata: "u8);
                json.Reset(output);
                TelemetryJson.Write(json, reading);
                json.Flush();
                output.Write("\n\n"u8);
            }

            await output.FlushAsync(ending);
            more = watcher.Readings.WaitToReadAsync(ending).AsTask();
        }
    }
}
