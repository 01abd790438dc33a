using System.Buffers;
using System.IO.Pipelines;
using Garam.Mqtt.Packets;

namespace Garam.Mqtt.Client;

/// <summary>One connection of a client: handshake, reading, writing, keep-alive. The client makes a new one for every reconnect.</summary>
internal sealed class ClientConnection : IAsyncDisposable
{
    // A write under way is finished rather than torn, so that DISCONNECT can follow it; but not for ever.
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(1);

    private readonly MqttClientOptions options;
    private readonly Stream stream;
    private readonly PipeReader input;
    private readonly TimeProvider time;
    private int unansweredPings;

    private ClientConnection(MqttClientOptions options, Stream stream, TimeProvider time)
    {
        this.options = options;
        this.stream = stream;
        this.time = time;
        input = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
        Output = new ClientOutput(stream, options.OutgoingBytesMax);
    }

    public ClientOutput Output { get; }

    public ConnackReader Connack { get; private set; } = null!;

    /// <summary>Connects and exchanges CONNECT and CONNACK.</summary>
    /// <exception cref="MqttClientException">The server refused.</exception>
    public static async Task<ClientConnection> OpenAsync(
        MqttClientOptions options, string clientId, bool cleanStart, TimeProvider time, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        ClientConnection? connection = null;
        try
        {
            connection = new ClientConnection(options, await ClientStream.OpenAsync(options, either.Token), time);
            await connection.HandshakeAsync(clientId, cleanStart, either.Token);
            return connection;
        }
        catch (Exception failure)
        {
            if (connection is not null)
                await connection.DisposeAsync();
            if (failure is OperationCanceledException && !cancellation.IsCancellationRequested)
                throw new IOException($"{options.Host}:{options.Port} did not answer within {options.ConnectTimeout.TotalSeconds:0} s.", failure);
            throw;
        }
    }

    /// <summary>Reads, writes and pings until something fails or the token fires; throws what ended it.</summary>
    public async Task RunAsync(Func<FixedHeader, ReadOnlyMemory<byte>, ValueTask> onPacket, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task[] tasks = [ReadAsync(onPacket, stop.Token), Output.RunAsync(stop.Token), KeepAliveAsync(stop.Token)];
        var first = await Task.WhenAny(tasks);
        await stop.CancelAsync();
        Output.Close();
        var all = Task.WhenAll(tasks);
        if (await Task.WhenAny(all, Task.Delay(CloseLimit, time, CancellationToken.None)) != all)
            await stream.DisposeAsync(); // a write that the server does not take
        try
        {
            await all;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // The one that ended first is the one that counts; the others end because of it.
        }

        await first;
    }

    /// <summary>Writes what has gathered and DISCONNECT; after <see cref="RunAsync"/> has ended.</summary>
    public async Task FarewellAsync(CancellationToken cancellation)
    {
        await Output.FinishAsync(cancellation);
        byte[] goodbye = [(byte)PacketType.Disconnect << 4, 0];
        await stream.WriteAsync(goodbye, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        Output.Close();
        await input.CompleteAsync();
        await stream.DisposeAsync();
    }

    private async Task HandshakeAsync(string clientId, bool cleanStart, CancellationToken cancellation)
    {
        var packet = new PacketBuffer();
        ConnectWriter.Write(packet, options, clientId, cleanStart);
        await stream.WriteAsync(packet.WrittenMemory, cancellation);
        while (true)
        {
            var result = await input.ReadAsync(cancellation);
            var (header, body, consumed) = Next(result.Buffer);
            if (consumed is not { } end)
            {
                input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
                if (result.IsCompleted)
                    throw new MqttClientException("The server closed the connection before CONNACK.", ReasonCode.UnspecifiedError);
                continue;
            }

            var connack = header.Type == PacketType.Connack ? ConnackReader.Parse(body.Span, options.Version) : null;
            input.AdvanceTo(end);
            if (connack is null)
                throw new MqttClientException("The server's answer to CONNECT is no CONNACK.", ReasonCode.ProtocolError);
            if (connack.Reason != ReasonCode.Success)
                throw new MqttClientException(
                    $"The server refused the connection: {connack.Reason}. {connack.ReasonText}".TrimEnd(), connack.Reason);
            Connack = connack;
            return;
        }
    }

    private async Task ReadAsync(Func<FixedHeader, ReadOnlyMemory<byte>, ValueTask> onPacket, CancellationToken cancellation)
    {
        while (true)
        {
            var result = await input.ReadAsync(cancellation);
            var rest = result.Buffer;
            while (true)
            {
                var (header, body, consumed) = Next(rest);
                if (consumed is not { } end)
                    break;
                rest = rest.Slice(end);
                if (header.Type == PacketType.Pingresp)
                    unansweredPings = 0;
                else
                    await onPacket(header, body);
            }

            input.AdvanceTo(rest.Start, rest.End);
            if (result.IsCompleted)
                throw new IOException("The server closed the connection.");
        }
    }

    private (FixedHeader Header, ReadOnlyMemory<byte> Body, SequencePosition? Consumed) Next(in ReadOnlySequence<byte> buffer)
    {
        if (!FixedHeader.TryRead(buffer, out var header, out var malformed))
            return malformed
                ? throw new MqttClientException("The server sent a malformed packet.", ReasonCode.MalformedPacket)
                : default;
        if (header.PacketLength > options.PacketBytesMax)
            throw new MqttClientException("The server sent a packet above the announced maximum.", ReasonCode.PacketTooLarge);
        if (buffer.Length < header.PacketLength)
            return default;
        var body = buffer.Slice(header.HeaderLength, header.RemainingLength);
        return (header, body.IsSingleSegment ? body.First : body.ToArray(), buffer.GetPosition(header.PacketLength));
    }

    private async Task KeepAliveAsync(CancellationToken cancellation)
    {
        var seconds = Connack.ServerKeepAlive ?? options.KeepAlive.TotalSeconds;
        if (seconds <= 0)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellation);
            return;
        }

        // Looked at twice an interval, so silence lasts at most one; 1.5 are allowed (§3.1.2.10).
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(seconds / 2), time);
        var seen = Output.PacketCount;
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            if (unansweredPings >= 2)
                throw new IOException("The server answers no ping.");
            if (Output.PacketCount == seen || unansweredPings > 0)
            {
                unansweredPings++;
                Output.Write([(byte)PacketType.Pingreq << 4, 0]);
            }

            seen = Output.PacketCount;
        }
    }
}
