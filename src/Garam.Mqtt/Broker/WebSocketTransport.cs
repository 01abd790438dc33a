using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;

namespace Garam.Mqtt.Broker;

/// <summary>
/// A WebSocket as a duplex pipe (MQTT 5 §6): binary frames only, their borders without meaning. Two pumps between socket and pipes;
/// a flush becomes a frame.
/// </summary>
internal sealed class WebSocketTransport : IDuplexPipe
{
    // As Kestrel's own defaults: enough for a burst, little enough to hold back a fast sender.
    private static readonly PipeOptions Options = new(
        pauseWriterThreshold: 128 * 1024, resumeWriterThreshold: 64 * 1024, useSynchronizationContext: false);

    private static readonly TimeSpan CloseTime = TimeSpan.FromSeconds(2);

    private readonly WebSocket socket;
    private readonly Pipe inbound = new(Options);
    private readonly Pipe outbound = new(Options);

    public WebSocketTransport(WebSocket socket) => this.socket = socket;

    public PipeReader Input => inbound.Reader;

    public PipeWriter Output => outbound.Writer;

    /// <summary>Runs both pumps until the connection's side of the pipes is completed or the socket closes.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var receiving = ReceiveAsync(stop.Token);
        await SendAsync(stop.Token);
        // The peer answers our close; leaving before would reset the connection under what it has not read yet (RFC 6455 §7.1.1).
        stop.CancelAfter(CloseTime);
        await receiving;
    }

    private async Task ReceiveAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(inbound.Writer.GetMemory(4096), cancellation);
                if (received.MessageType != WebSocketMessageType.Binary)
                    break; // close, or a text frame [MQTT-6.0.0-1]
                inbound.Writer.Advance(received.Count);
                await inbound.Writer.FlushAsync(cancellation); // after the connection's end: thrown away until the peer's close
            }
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or IOException)
        {
            // The connection sees the end of its input.
        }

        await inbound.Writer.CompleteAsync();
    }

    private async Task SendAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                var result = await outbound.Reader.ReadAsync(cancellation);
                foreach (var segment in result.Buffer)
                    await socket.SendAsync(segment, WebSocketMessageType.Binary, endOfMessage: true, cancellation);
                outbound.Reader.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                    break;
            }

            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellation);
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or IOException)
        {
            // As above: a connection that writes on sees its flush complete.
        }

        await outbound.Reader.CompleteAsync();
    }
}
