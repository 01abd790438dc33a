using System.Buffers;
using System.Globalization;
using Garam.Log;
using Garam.Platform.Configuration;
using Garam.Platform.Devices;
using Garam.Platform.Identity;
using Garam.Platform.Identity.SignIn;
using Garam.Platform.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Garam.Platform.Ingress;

/// <summary>
/// <c>POST /api/v1/ingest/{deviceId}</c>: one payload; <c>POST /api/v1/ingest</c>: NDJSON, a payload a line. 202 is sent after the bytes
/// are durable.
/// </summary>
public static class HttpIngress
{
    private const string RetryAfterSeconds = "1";

    public static void MapHttpIngress(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/ingest/{deviceId}", IngestAsync)
            .ChecksCredentials().WithTags("ingest").WithSummary("Sends one payload of a device; 202 means it is durable.");
        routes.MapPost("/api/v1/ingest", IngestManyAsync)
            .ChecksCredentials().WithTags("ingest").WithSummary("Sends NDJSON, each line {\"deviceId\":…,\"payload\":…}; 202 means the accepted lines are durable.");
    }

    private static async Task<IResult> IngestAsync(
        string deviceId, HttpContext http, LogGate gate, HttpSources sources, AccessGuard guard, GaramOptions options, string? product = null, int? port = null)
    {
        if (!DeviceId.TryParse(deviceId, out var device, out var problem))
            return Reject(gate, IngressResult.Invalid, Problem.Invalid($"deviceId: {problem}."));
        if (RequestIdentity.Device(http, guard, deviceId) is not { } principal)
            return Reject(gate, IngressResult.Unauthorized, Problem.Unauthorized());
        if (!principal.MaySendFor(deviceId, ""))
            return Reject(gate, IngressResult.Unauthorized, Problem.Forbidden($"'{principal.Name}' may not send for '{deviceId}'."));
        if (product is { Length: > 255 })
            return Reject(gate, IngressResult.Invalid, Problem.Invalid("product: at most 255 characters."));
        if (Busy(gate, http) is { } busy)
            return busy;

        var (body, length) = await ReadBodyAsync(http, gate.PayloadBytesMax);
        try
        {
            if (length > gate.PayloadBytesMax)
                return Reject(gate, IngressResult.TooLarge, TooLarge(gate.PayloadBytesMax));
            if (length == 0)
                return Reject(gate, IngressResult.Invalid, Problem.Invalid("The body is empty; send one payload."));
            var source = sources.Get(Protocol.Http, device, product, port ?? -1);
            if (gate.Refuses(source))
                return Reject(gate, IngressResult.Disabled, Problem.DeviceDisabled(deviceId));
            if (source.Rate is { } rate && !rate.TryTake())
                return RateLimited(gate, http);
            if (!gate.TryAppend(source, body.AsSpan(0, length), out var position))
                return BackPressure(gate, http);
            await gate.WaitDurableAsync(position, CancellationToken.None);
            return Results.Json(new { accepted = 1 }, statusCode: StatusCodes.Status202Accepted);
        }
        catch (LogFailedException)
        {
            return Reject(gate, IngressResult.Unavailable, Unavailable());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(body);
        }
    }

    private static async Task<IResult> IngestManyAsync(
        HttpContext http, LogGate gate, HttpSources sources, AccessGuard guard, GaramOptions options)
    {
        if (Busy(gate, http) is { } busy)
            return busy;
        if (RequestIdentity.Bearer(http, guard) is not { } principal)
            return Reject(gate, IngressResult.Unauthorized, Problem.Unauthorized());
        var (body, length) = await ReadBodyAsync(http, options.Ingress.RequestBytesMax);
        try
        {
            if (length > options.Ingress.RequestBytesMax)
                return Reject(gate, IngressResult.TooLarge, TooLarge(options.Ingress.RequestBytesMax));
            var batch = new NdjsonBatch(gate, sources, principal, body.AsMemory(0, length));
            while (!batch.AppendLines())
                await gate.WaitForRoomAsync(http.RequestAborted);
            if (batch.Accepted > 0)
                await gate.WaitDurableAsync(batch.Last, CancellationToken.None);
            return Results.Json(new { accepted = batch.Accepted, rejected = batch.Rejected }, statusCode: StatusCodes.Status202Accepted);
        }
        catch (LogFailedException)
        {
            return Reject(gate, IngressResult.Unavailable, Unavailable());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(body);
        }
    }

    /// <summary>Reads at most one byte more than allowed, so that the caller can tell; the buffer grows with what has really come.</summary>
    private static async Task<(byte[] Body, int Length)> ReadBodyAsync(HttpContext http, int bytesMax)
    {
        var body = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(http.Request.ContentLength ?? 0, 4_096, Math.Min(bytesMax + 1L, 1 << 20)));
        if (http.Request.ContentLength > bytesMax)
            return (body, bytesMax + 1);
        var length = 0;
        while (length <= bytesMax)
        {
            if (length == body.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent(body.Length * 2);
                body.AsSpan(0, length).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(body);
                body = larger;
            }

            var read = await http.Request.Body.ReadAsync(body.AsMemory(length, Math.Min(body.Length - length, bytesMax + 1 - length)), http.RequestAborted);
            if (read == 0)
                break;
            length += read;
        }

        return (body, length);
    }

    private static IResult? Busy(LogGate gate, HttpContext http)
    {
        if (gate.IsClosed)
            return Reject(gate, IngressResult.Unavailable, Unavailable());
        return gate.IsCongested ? BackPressure(gate, http) : null;
    }

    private static IResult BackPressure(LogGate gate, HttpContext http)
    {
        http.Response.Headers.RetryAfter = RetryAfterSeconds;
        return Reject(gate, IngressResult.Unavailable, Problem.Of(
            StatusCodes.Status429TooManyRequests, "back-pressure", "The log or the pipeline is behind; send again after Retry-After."));
    }

    private static IResult RateLimited(LogGate gate, HttpContext http)
    {
        http.Response.Headers.RetryAfter = RetryAfterSeconds;
        return Reject(gate, IngressResult.RateLimited, Problem.Of(
            StatusCodes.Status429TooManyRequests, "rate-limited", "The device sends more than ingress.messages_per_second_per_device allows."));
    }

    private static IResult TooLarge(int bytesMax) => Problem.Of(
        StatusCodes.Status413PayloadTooLarge, "payload-too-large", string.Create(CultureInfo.InvariantCulture, $"At most {bytesMax} bytes are taken."));

    private static IResult Unavailable() => Problem.Of(
        StatusCodes.Status503ServiceUnavailable, "unavailable", "The log takes no messages now; see /readyz. Nothing of this request is acknowledged.");

    private static IResult Reject(LogGate gate, IngressResult result, IResult answer)
    {
        gate.Counters.Count(Protocol.Http, result);
        return answer;
    }
}
