using System.Buffers;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using Garam.Log;
using Garam.Platform.Devices;
using Garam.Platform.Identity;
using Garam.Platform.Identity.SignIn;
using Garam.Platform.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Garam.Platform.Ingress;

/// <summary>
/// <c>/ws/ingest/{deviceId}</c>: each message is a payload; after each durable batch the server sends <c>{"ack":n}</c>, n counting the
/// connection's durable messages.
/// </summary>
public static class WebSocketIngress
{
    /// <summary>Messages logged before the connection waits for the disk: bounds what a sender can have unacknowledged.</summary>
    private const int BatchMax = 256;

    public static void MapWebSocketIngress(this IEndpointRouteBuilder routes) => routes.Map("/ws/ingest/{deviceId}", ServeAsync).ChecksCredentials().ExcludeFromDescription();

    private static async Task ServeAsync(
        string deviceId, HttpContext http, LogGate gate, HttpSources sources, AccessGuard guard, string? product = null)
    {
        if (Refuse(deviceId, http, gate, sources, guard, product, out var source) is { } refusal)
        {
            await refusal.ExecuteAsync(http);
            return;
        }

        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        // Not the request's own end: what a device sent right before its socket broke off has arrived, and is read to its end.
        var ending = gate.Closing;
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Min(gate.PayloadBytesMax + 1, 64 * 1024));
        try
        {
            await PumpAsync(socket, gate, source, buffer, ending);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or LogFailedException)
        {
            await CloseAsync(socket, WebSocketCloseStatus.EndpointUnavailable, "going away");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static IResult? Refuse(string deviceId, HttpContext http, LogGate gate, HttpSources sources, AccessGuard guard, string? product, out IngressSource source)
    {
        source = null!;
        if (!DeviceId.TryParse(deviceId, out var device, out var problem))
            return Problem.Invalid($"deviceId: {problem}.");
        if (RequestIdentity.Device(http, guard, deviceId) is not { } principal)
            return Problem.Unauthorized();
        if (!principal.MaySendFor(deviceId, ""))
            return Problem.Forbidden($"'{principal.Name}' may not send for '{deviceId}'.");
        if (gate.IsClosed)
            return Problem.Of(StatusCodes.Status503ServiceUnavailable, "unavailable", "The program is going down.");
        source = sources.Get(Protocol.WebSocket, device, product, -1);
        if (gate.Refuses(source))
        {
            gate.Counters.Count(Protocol.WebSocket, IngressResult.Disabled);
            return Problem.DeviceDisabled(deviceId);
        }

        return http.WebSockets.IsWebSocketRequest ? null : Problem.Of(StatusCodes.Status426UpgradeRequired, "upgrade-required", "This address speaks WebSocket.");
    }

    private static async Task PumpAsync(
        WebSocket socket, LogGate gate, IngressSource source, byte[] buffer, CancellationToken ending)
    {
        var acknowledged = 0L;
        var batch = 0;
        LogPosition last = default;
        var receiving = ReceiveAsync(socket, buffer, gate.PayloadBytesMax, ending);
        while (true)
        {
            if (!receiving.IsCompleted && batch > 0)
            {
                acknowledged += await AcknowledgeAsync(socket, gate, last, acknowledged, batch);
                batch = 0;
            }

            var (message, outcome) = await receiving;
            if (outcome == ReceiveOutcome.Message && gate.Refuses(source))
                outcome = ReceiveOutcome.Disabled;
            if (outcome != ReceiveOutcome.Message)
            {
                if (batch > 0)
                    await AcknowledgeAsync(socket, gate, last, acknowledged, batch);
                var (status, text) = outcome switch
                {
                    ReceiveOutcome.TooLarge => (WebSocketCloseStatus.MessageTooBig, $"a payload has at most {gate.PayloadBytesMax} bytes"),
                    ReceiveOutcome.Disabled => (WebSocketCloseStatus.PolicyViolation, "the device is disabled"),
                    _ => (WebSocketCloseStatus.NormalClosure, ""),
                };
                if (outcome is ReceiveOutcome.TooLarge or ReceiveOutcome.Disabled)
                    gate.Counters.Count(Protocol.WebSocket, outcome == ReceiveOutcome.TooLarge ? IngressResult.TooLarge : IngressResult.Disabled);
                await CloseAsync(socket, status, text);
                return;
            }

            if (message.Length > 0)
            {
                while (!gate.TryAppend(source, message.Span, out last))
                    await gate.WaitForRoomAsync(ending);
                batch++;
            }

            if (batch >= BatchMax)
            {
                acknowledged += await AcknowledgeAsync(socket, gate, last, acknowledged, batch);
                batch = 0;
            }

            if (gate.IsCongested)
                await gate.WaitForRoomAsync(ending);
            if (source.Rate is { } rate)
                await rate.TakeAsync(ending);
            receiving = ReceiveAsync(socket, buffer, gate.PayloadBytesMax, ending);
        }
    }

    private static async Task<int> AcknowledgeAsync(WebSocket socket, LogGate gate, LogPosition last, long acknowledged, int batch)
    {
        await gate.WaitDurableAsync(last, CancellationToken.None);
        var text = string.Create(CultureInfo.InvariantCulture, $"{{\"ack\":{acknowledged + batch}}}");
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // Nobody listens any more; what has arrived is still read to its end.
        }

        return batch;
    }

    /// <summary>One whole message; grows into a rented buffer only as far as bytes really come, never past the limit.</summary>
    private static async Task<(ReadOnlyMemory<byte> Message, ReceiveOutcome Outcome)> ReceiveAsync(
        WebSocket socket, byte[] buffer, int bytesMax, CancellationToken ending)
    {
        var length = 0;
        while (true)
        {
            if (length == buffer.Length)
            {
                if (length > bytesMax)
                    return (default, ReceiveOutcome.TooLarge);
                Array.Resize(ref buffer, Math.Min(buffer.Length * 2, bytesMax + 1));
            }

            var part = await socket.ReceiveAsync(buffer.AsMemory(length), ending);
            if (part.MessageType == WebSocketMessageType.Close)
                return (default, ReceiveOutcome.Closed);
            length += part.Count;
            if (length > bytesMax)
                return (default, ReceiveOutcome.TooLarge);
            if (part.EndOfMessage)
                return (buffer.AsMemory(0, length), ReceiveOutcome.Message);
        }
    }

    private static async Task CloseAsync(WebSocket socket, WebSocketCloseStatus status, string text)
    {
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            try
            {
                await socket.CloseOutputAsync(status, text, CancellationToken.None);
            }
            catch (WebSocketException)
            {
                // The other side is gone already; there is nobody left to tell.
            }
        }
    }

    private enum ReceiveOutcome
    {
        Message,
        Closed,
        TooLarge,
        Disabled,
    }
}
