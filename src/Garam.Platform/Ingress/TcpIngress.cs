using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Garam.Log;
using Garam.Platform.Configuration;
using Garam.Platform.Devices;
using Garam.Platform.Identity;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Garam.Platform.Ingress;

/// <summary>
/// A TCP listener: one connection is one device (or, with <c>device: field</c>, a gateway whose frames name theirs). Frames of one read
/// are logged together, flushed once, and answered by <c>ACK n</c>, where n counts the connection's durable frames.
/// </summary>
/// <remarks>
/// Under back-pressure the connection is not read, so the sender's own TCP window fills. A frame over the limit, or a broken greeting, is
/// answered by <c>ERR reason</c> and the connection is closed: after it the stream's framing cannot be trusted.
/// </remarks>
public sealed class TcpIngress(
    TcpListenerOptions listener, TcpFraming framing, LogGate gate, AccessGuard guard, TimeProvider time, ConnectionLimit limit, ILogger<TcpIngress> logger)
    : ConnectionHandler
{
    /// <summary>A connection that has not greeted by then is closed: half-open sockets must not pile up.</summary>
    private static readonly TimeSpan GreetingTimeout = TimeSpan.FromSeconds(10);

    private const int GreetingBytesMax = 1_024;
    private const int CsvHeaderBytesMax = 8_192;
    private const string Disabled = "the device is disabled";

    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        // Not the connection's own end: what a device sent right before it closed is still in the pipe, and is read to its end.
        var ending = gate.Closing;
        using var slot = limit.TryEnter();
        if (slot is null)
        {
            await TellAsync(connection, "ERR too many connections\n");
            return;
        }

        try
        {
            var source = await GreetAsync(connection, ending);
            if (source is not null)
                await ServeAsync(connection, source, ending);
        }
        catch (Exception e) when (e is OperationCanceledException or ConnectionResetException or ConnectionAbortedException or IOException)
        {
            // The device went away; what was durable and not yet acknowledged it will send again.
        }
        catch (LogFailedException e)
        {
            logger.LogError(e, "The log has stopped; TCP connection {Connection} is closed without acknowledgement", connection.ConnectionId);
        }
    }

    private async Task<TcpSource?> GreetAsync(ConnectionContext connection, CancellationToken ending)
    {
        var channel = $"tcp:{connection.LocalEndPoint}<{connection.RemoteEndPoint}";
        switch (listener.Device)
        {
            case "field":
                return new TcpSource(null, channel);
            case "hello":
                return await ReadGreetingAsync(connection, channel, ending);
            default:
                if (guard.IsOpen && DeviceId.TryParse(listener.Device, out var device, out _))
                    return new TcpSource(NewSource(device, channel, default), channel);
                await TellAsync(connection, "ERR this listener names its device without credentials; use device: hello\n");
                return null;
        }
    }

    private async Task<TcpSource?> ReadGreetingAsync(ConnectionContext connection, string channel, CancellationToken ending)
    {
        using var timeout = new CancellationTokenSource(GreetingTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, ending);
        var input = connection.Transport.Input;
        while (true)
        {
            ReadResult read;
            try
            {
                read = await input.ReadAsync(either.Token);
            }
            catch (OperationCanceledException) when (timeout.IsCancellationRequested)
            {
                await TellAsync(connection, "ERR no HELLO within 10 s\n");
                return null;
            }

            var buffer = read.Buffer;
            var found = TcpFrameReader.TryRead(TcpFraming.Line, GreetingBytesMax, ref buffer, out var line, out var tooLarge);
            var words = found ? Encoding.UTF8.GetString(line).Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
            input.AdvanceTo(buffer.Start, found ? buffer.Start : buffer.End);
            if (found)
                return await AdmitAsync(connection, channel, words);
            if (tooLarge || read.IsCompleted)
            {
                if (tooLarge)
                    await TellAsync(connection, "ERR the first line must be HELLO <deviceId> [token]\n");
                return null;
            }
        }
    }

    private async Task<TcpSource?> AdmitAsync(ConnectionContext connection, string channel, string[] words)
    {
        if (words.Length is not (2 or 3) || words[0] != "HELLO")
        {
            await TellAsync(connection, "ERR the first line must be HELLO <deviceId> [token]\n");
            return null;
        }

        if (!DeviceId.TryParse(words[1], out var device, out var problem))
        {
            await TellAsync(connection, $"ERR {problem}\n");
            return null;
        }

        if (guard.FromDevice(device.Value, words.Length == 3 ? words[2] : null) is not { } principal || !principal.MaySendFor(device.Value, ""))
        {
            gate.Counters.Count(Protocol.Tcp, IngressResult.Unauthorized);
            await TellAsync(connection, "ERR the token does not fit this device\n");
            return null;
        }

        var source = NewSource(device, channel, default);
        if (gate.Refuses(source))
        {
            gate.Counters.Count(Protocol.Tcp, IngressResult.Disabled);
            await TellAsync(connection, $"ERR {Disabled}\n");
            return null;
        }

        await TellAsync(connection, "OK\n");
        return new TcpSource(source, channel);
    }

    private async Task ServeAsync(ConnectionContext connection, TcpSource source, CancellationToken ending)
    {
        var input = connection.Transport.Input;
        var acknowledged = 0L;
        while (!gate.IsClosed)
        {
            if (gate.IsCongested)
                await gate.WaitForRoomAsync(ending);
            var read = await input.ReadAsync(ending);
            var buffer = read.Buffer;
            var problem = AppendFrames(source, ref buffer, out var frames, out var last);
            // What had no room, or is over the device's rate, stays unread; a further read gives it again at once.
            input.AdvanceTo(buffer.Start, frames > 0 || gate.IsCongested ? buffer.Start : buffer.End);
            if (frames > 0)
            {
                if (last is { } position)
                    await gate.WaitDurableAsync(position, CancellationToken.None);
                acknowledged += frames;
                await TellAsync(connection, string.Create(CultureInfo.InvariantCulture, $"ACK {acknowledged}\n"));
            }

            if (problem is not null)
            {
                await TellAsync(connection, $"ERR {problem}\n");
                return;
            }

            if (source.Over is { } rate)
            {
                gate.Counters.Count(Protocol.Tcp, IngressResult.RateLimited);
                await rate.TakeAsync(ending);
                source.Over = null;
            }

            if (read.IsCompleted)
                return;
        }
    }

    /// <summary>Logs every whole frame of the buffer; returns what makes the connection end, if anything does.</summary>
    private string? AppendFrames(TcpSource source, ref ReadOnlySequence<byte> buffer, out int frames, out LogPosition? last)
    {
        frames = 0;
        last = null;
        var rest = buffer;
        while (TcpFrameReader.TryRead(framing, gate.PayloadBytesMax, ref rest, out var frame, out _))
        {
            if (frame.IsEmpty)
            {
                buffer = rest;
                continue;
            }

            var length = (int)frame.Length;
            byte[]? rented = frame.IsSingleSegment ? null : ArrayPool<byte>.Shared.Rent(length);
            if (rented is not null)
                frame.CopyTo(rented);
            var payload = rented is null ? frame.FirstSpan : rented.AsSpan(0, length);
            var target = SourceOf(source, payload, out var problem);
            var refused = target is not null && gate.Refuses(target);
            if (refused)
                gate.Counters.Count(Protocol.Tcp, IngressResult.Disabled);
            // A gateway's other devices go on: the frame is done with, and counted in what is acknowledged.
            var dropped = refused && source.Single is null;
            if (refused && !dropped)
                (target, problem) = (null, Disabled);
            var appended = dropped || (target is not null && TryAppend(target, payload, ref last));
            if (rented is not null)
                ArrayPool<byte>.Shared.Return(rented);
            if (problem is not null)
                return problem;
            if (!appended)
                return null;
            frames++;
            buffer = rest;
            if (target!.Rate is { } rate && !rate.TryTake())
            {
                source.Over = rate;
                return null;
            }
        }

        if (!TooLarge(buffer))
            return null;
        gate.Counters.Count(Protocol.Tcp, IngressResult.TooLarge);
        return $"a frame has at most {gate.PayloadBytesMax} bytes";

        bool TooLarge(ReadOnlySequence<byte> rest) =>
            !TcpFrameReader.TryRead(framing, gate.PayloadBytesMax, ref rest, out _, out var tooLarge) && tooLarge;
    }

    private bool TryAppend(IngressSource source, ReadOnlySpan<byte> payload, ref LogPosition? last)
    {
        // Without room the log names a position that no record has yet: nothing to wait for.
        if (!gate.TryAppend(source, payload, out var position))
            return false;
        last = position;
        return true;
    }

    private IngressSource? SourceOf(TcpSource source, ReadOnlySpan<byte> payload, out string? problem)
    {
        problem = null;
        if (source.Single is { } single)
        {
            if (framing.Kind == TcpFramingKind.Line && payload.Length <= CsvHeaderBytesMax && CsvHeaderLine.Is(payload))
                source.Single = NewSource(DeviceId.Trusted(single.Device), source.Channel, payload);
            return single;
        }

        if (payload.Length < listener.DeviceOffset + listener.DeviceLength)
        {
            problem = $"a frame of {payload.Length} bytes is too short to hold its device id";
            return null;
        }

        var id = Convert.ToHexStringLower(payload.Slice(listener.DeviceOffset, listener.DeviceLength));
        if (!guard.IsOpen)
        {
            problem = "this listener names devices in frames without credentials; use device: hello";
            return null;
        }

        return source.ByField(id, device => NewSource(device, source.Channel, default), out problem);
    }

    private IngressSource NewSource(DeviceId device, string channel, ReadOnlySpan<byte> csvHeader) =>
        new(Protocol.Tcp, RouteKind.Telemetry, device.Value, "", listener.Product, channel, gate.NewRateLimit(), csvHeader: csvHeader);

    private static async ValueTask TellAsync(ConnectionContext connection, string line) =>
        await connection.Transport.Output.WriteAsync(Encoding.UTF8.GetBytes(line), CancellationToken.None);
}
