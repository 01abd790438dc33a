using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Garam.Platform.Alarms;
using Garam.Platform.Identity;
using Garam.Platform.Ingress;
using Garam.Platform.Notifications;
using Garam.Platform.Rest;
using Garam.Platform.Streams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Garam.Platform.Telemetry;

/// <summary><c>GET /api/v1/stream?devices=a,b&amp;events=telemetry,alarms,notifications</c>: readings, changes of alarms and what people are told, as server-sent events, while they come.</summary>
public static class StreamEndpoint
{
    private const int DevicesMax = 1_000;
    private const int WatchersMax = 1_000;

    /// <summary>Written before the reader is waited for: an endless burst would otherwise gather in memory.</summary>
    private const int BurstMax = 1_000;

    /// <summary>A comment this often keeps proxies from closing a quiet stream, and shows the reader that it lives.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);

    private static readonly ConnectionLimit Watchers = new(WatchersMax);

    public static void MapStream(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/stream", StreamAsync).Require(Role.Viewer, Reach.Customer).WithTags("telemetry").WithSummary("Readings and changes of alarms as server-sent events.");

    private static async Task<IResult> StreamAsync(
        HttpContext http, TelemetryStream stream, AlarmDesk alarms, NotificationStream notifications, LogGate gate, TimeProvider time, Caller caller,
        string? devices = null, string? events = null)
    {
        var kinds = (events ?? "telemetry,alarms,notifications").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (kinds.Length == 0 || Array.Find(kinds, k => k is not ("telemetry" or "alarms" or "notifications")) is not null)
            return Problem.Invalid($"events: '{events}' is none of telemetry, alarms, notifications, or some of them.");
        var names = devices?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (names is { Length: > DevicesMax })
            return Problem.Invalid($"devices: at most {DevicesMax}; leave it out to watch all.");
        using var slot = Watchers.TryEnter();
        if (slot is null)
            return Problem.Of(StatusCodes.Status503ServiceUnavailable, "too-many-streams", $"{WatchersMax} streams are open already.");
        var watched = names?.ToHashSet(StringComparer.Ordinal);
        using var readings = kinds.Contains("telemetry") ? stream.Watch(watched, caller.Scope) : null;
        using var changes = kinds.Contains("alarms") ? alarms.Stream.Watch(watched, caller.Scope) : null;
        using var notices = kinds.Contains("notifications") ? notifications.Watch(watched, caller.Scope) : null;
        using var ending = caller.OpenStream(time, http.RequestAborted, gate.Closing);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            await PumpAsync(http.Response, readings, changes, notices, time, ending.Token);
        }
        catch (OperationCanceledException)
        {
            // The reader left, its right to read has ended, or the program goes down.
        }

        return Results.Empty;
    }

    private static async Task PumpAsync(
        HttpResponse response, Watcher<TelemetryEvent>? readings, Watcher<AlarmEvent>? changes, Watcher<NotificationNotice>? notices, TimeProvider time,
        CancellationToken ending)
    {
        var output = response.BodyWriter;
        await using var json = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true, Encoder = TelemetryJson.Encoder });
        output.Write(": watching\n\n"u8);
        await output.FlushAsync(ending);
        var never = new TaskCompletionSource<bool>().Task;
        var moreReadings = readings?.Items.WaitToReadAsync(ending).AsTask() ?? never;
        var moreChanges = changes?.Items.WaitToReadAsync(ending).AsTask() ?? never;
        var moreNotices = notices?.Items.WaitToReadAsync(ending).AsTask() ?? never;
        while (true)
        {
            try
            {
                await Task.WhenAny(moreReadings, moreChanges, moreNotices).WaitAsync(Heartbeat, time, ending);
            }
            catch (TimeoutException)
            {
                output.Write(": alive\n\n"u8);
                await output.FlushAsync(ending);
                continue;
            }

            // Alarms first: there are few, and somebody waits for them.
            if (moreChanges.IsCompleted)
            {
                if (!await moreChanges)
                    return;
                WriteChanges(output, json, changes!);
                moreChanges = changes!.Items.WaitToReadAsync(ending).AsTask();
            }

            if (moreNotices.IsCompleted)
            {
                if (!await moreNotices)
                    return;
                WriteNotices(output, notices!);
                moreNotices = notices!.Items.WaitToReadAsync(ending).AsTask();
            }

            if (moreReadings.IsCompleted)
            {
                if (!await moreReadings)
                    return;
                WriteReadings(output, json, readings!);
                moreReadings = readings!.Items.WaitToReadAsync(ending).AsTask();
            }

            await output.FlushAsync(ending);
        }
    }

    private static void WriteReadings(PipeWriter output, Utf8JsonWriter json, Watcher<TelemetryEvent> watcher)
    {
        WriteLost(output, "telemetry", watcher.TakeLost());
        for (var i = 0; i < BurstMax && watcher.Items.TryRead(out var reading); i++)
        {
            output.Write("event: telemetry\ndata: "u8);
            json.Reset(output);
            TelemetryJson.Write(json, reading);
            json.Flush();
            output.Write("\n\n"u8);
        }
    }

    private static void WriteChanges(PipeWriter output, Utf8JsonWriter json, Watcher<AlarmEvent> watcher)
    {
        WriteLost(output, "alarms", watcher.TakeLost());
        for (var i = 0; i < BurstMax && watcher.Items.TryRead(out var change); i++)
        {
            output.Write("event: alarm\ndata: "u8);
            json.Reset(output);
            AlarmJson.Write(json, change);
            json.Flush();
            output.Write("\n\n"u8);
        }
    }

    private static void WriteNotices(PipeWriter output, Watcher<NotificationNotice> watcher)
    {
        WriteLost(output, "notifications", watcher.TakeLost());
        for (var i = 0; i < BurstMax && watcher.Items.TryRead(out var notice); i++)
        {
            output.Write("event: notification\ndata: "u8);
            output.Write(notice.Json.Span);
            output.Write("\n\n"u8);
        }
    }

    private static void WriteLost(PipeWriter output, string events, long lost)
    {
        if (lost > 0)
            output.Write(System.Text.Encoding.UTF8.GetBytes($"event: lagged\ndata: {{\"lost\":{lost},\"events\":\"{events}\"}}\n\n"));
    }
}
