using System.Buffers;
using System.IO.Pipelines;
using Garam.Mqtt.Packets;
using Garam.Mqtt.Sessions;

namespace Garam.Mqtt.Broker;

/// <summary>
/// One connection after its CONNECT. The read loop parses every complete packet that has arrived, then sends acknowledgements and
/// pumps the subscribers it has filled, one flush each, then waits for more. Invariants:
/// <list type="bullet">
/// <item>the read loop alone parses and changes what belongs to the client's side of the protocol;</item>
/// <item>it never waits for durability (<see cref="AckPipeline"/> does) and never for a subscriber; it waits for input, for room in
/// the gate, and while the client leaves too much unacknowledged or unread;</item>
/// <item>whoever wants the connection to end calls <see cref="End"/>; the first reason stands; the read loop does the closing.</item>
/// </list>
/// </summary>
#pragma warning disable CA1001 // See the field: nothing in it needs disposing.
internal sealed class MqttConnection
#pragma warning restore CA1001
{
    // A client that sends PINGREQ or PUBLISH and never reads is not read any further.
    private const int ControlBytesMax = 256 * 1024;

    // After an error the client may be in the middle of sending; closing at once would make TCP discard our DISCONNECT.
    private const int LingerBytesMax = 1024 * 1024;

    // Between two offers of a packet the gate did not take: short against any rate limit, long against a spin.
    private static readonly TimeSpan HeldPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LingerTime = TimeSpan.FromMilliseconds(500);

    private readonly MqttBroker broker;
    private readonly IDuplexPipe transport;
    private readonly AckPipeline acks;
    private readonly PublishIntake intake;
    private readonly SubscribeFlow subscriptions;
    private readonly PumpList pumps = new();
    // Not linked and without a timer, so it needs no disposing and may be cancelled from any thread at any time.
    private readonly CancellationTokenSource lifetime = new();
    private readonly uint sessionExpiryAtConnect;
    private ConnectionEnd? end;
    private long packetCount;
    private long lastSeenCount;
    private long idleSince;
    private volatile bool mustForgetPermissions;
    private volatile bool isHeldBack;

    public MqttConnection(MqttBroker broker, IDuplexPipe transport, MqttSession session, ConnectPacket connect, int keepAlive)
    {
        this.broker = broker;
        this.transport = transport;
        Session = session;
        KeepAliveSeconds = keepAlive;
        Will = connect.Will;
        sessionExpiryAtConnect = connect.SessionExpiry;
        Output = new PacketOutput(session, transport.Output, connect, broker.Options, broker.Counters, broker.Time);
        acks = new AckPipeline(session, Output, broker.Gate, connect.Version, OnGateFailure, lifetime.Token);
        intake = new PublishIntake(
            session, broker.Options, broker.Access, broker.Gate, broker.Router, broker.Counters, acks, pumps);
        subscriptions = new SubscribeFlow(
            session, broker.Options, broker.Access, broker.Router.Tree, broker.Retained, broker.Counters, broker.Time, pumps);
        idleSince = broker.Time.GetTimestamp();
    }

    public MqttSession Session { get; }

    public PacketOutput Output { get; }

    /// <summary>The will of this connection; null once discarded.</summary>
    public WillPart? Will { get; private set; }

    public int KeepAliveSeconds { get; }

    /// <summary>Completes when the read loop has let go of the session.</summary>
    public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void ForgetPermissions() => mustForgetPermissions = true;

    /// <summary>Asks the connection to end; from any thread.</summary>
    public void End(ReasonCode reason)
    {
        if (Interlocked.CompareExchange(ref end, new ConnectionEnd(reason), null) is null)
            transport.Input.CancelPendingRead();
        lifetime.Cancel();
    }

    /// <summary>Looked at about once a second: ends a connection that was silent for one and a half keep-alives [MQTT-3.1.2-22].</summary>
    public void CheckKeepAlive(long timestamp)
    {
        if (KeepAliveSeconds == 0)
            return;
        var count = Volatile.Read(ref packetCount);
        if (count != lastSeenCount || isHeldBack)
        {
            lastSeenCount = count;
            idleSince = timestamp;
        }
        else if (broker.Time.GetElapsedTime(idleSince, timestamp).TotalSeconds > KeepAliveSeconds * 1.5)
        {
            End(ReasonCode.KeepAliveTimeout);
        }
    }

    /// <summary>
    /// Serves until the connection ends; returns how. The end of the transport is seen where its bytes end, never before: what a client sent
    /// right before it closed is still in the pipe then.
    /// </summary>
    public async Task<ConnectionEnd> RunAsync()
    {
        Output.Pump();
        try
        {
            await ReadAsync();
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The transport is gone: reset, aborted or shut down.
            Interlocked.CompareExchange(ref end, ConnectionEnd.TransportGone, null);
        }

        return end!;
    }

    /// <summary>Says goodbye and leaves the pipe ready to be completed.</summary>
    public async Task CloseAsync()
    {
        var reason = end!;
        if (!reason.IsByClient)
            broker.Counters.Ended(reason.Reason);
        if (!reason.IsSilent && !reason.IsByClient && Session.Version == ProtocolVersion.V5)
        {
            lock (Session.Sync)
            {
                Output.Control.Byte((byte)PacketType.Disconnect << 4);
                Output.Control.Byte(1);
                Output.Control.Byte((byte)reason.Reason);
            }
        }

        Output.Pump();
        try
        {
            await Output.DrainAsync().WaitAsync(LingerTime, broker.Time);
            if (!reason.IsSilent && !reason.IsByClient && reason.Reason is not ReasonCode.KeepAliveTimeout)
                await TransportLinger.DiscardAsync(transport.Input, LingerBytesMax, LingerTime, broker.Time);
        }
        catch (TimeoutException)
        {
            // The client does not read: it has lost its right to a goodbye.
            transport.Output.CancelPendingFlush();
        }

        Output.Abandon();
        await lifetime.CancelAsync(); // whatever still waits on the gate for this connection
    }

    private async Task ReadAsync()
    {
        var input = transport.Input;
        while (end is null)
        {
            var result = await input.ReadAsync(lifetime.Token);
            if (mustForgetPermissions)
            {
                mustForgetPermissions = false;
                intake.ForgetPermissions();
            }

            var consumed = TakeAll(result.Buffer, out var reason);
            // A held packet is offered again without waiting for more bytes.
            input.AdvanceTo(consumed, intake.IsHeld ? consumed : result.Buffer.End);
            EndBatch();
            if (reason != ReasonCode.Success)
                Interlocked.CompareExchange(ref end, new ConnectionEnd(reason, IsSilent: Session.Version == ProtocolVersion.V311), null);
            else if (result.IsCompleted)
                Interlocked.CompareExchange(ref end, ConnectionEnd.TransportGone, null);
            if (end is null)
                await HoldBackAsync();
        }
    }

    private SequencePosition TakeAll(in ReadOnlySequence<byte> buffer, out ReasonCode reason)
    {
        reason = ReasonCode.Success;
        var scanner = new PacketScanner(buffer);
        var packets = 0;
        var messages = 0;
        long bytes = 0;
        var position = scanner.Position;
        while (end is null && scanner.TryReadHeader(out var header, out _))
        {
            reason = Check(header);
            if (reason != ReasonCode.Success || !scanner.TryReadBody(header, out var body))
                break;
            reason = Take(header, body);
            if (intake.IsHeld)
                break;
            position = scanner.Position;
            packets++;
            bytes += header.PacketLength;
            if (header.Type == PacketType.Publish)
                messages++;
            if (reason != ReasonCode.Success)
                break;
        }

        if (reason == ReasonCode.Success && !scanner.TryReadHeader(out _, out var malformed) && malformed)
            reason = ReasonCode.MalformedPacket;
        Volatile.Write(ref packetCount, packetCount + packets);
        broker.Counters.Received(messages, bytes);
        scanner.Dispose();
        return position;
    }

    private ReasonCode Check(in FixedHeader header) =>
        header.PacketLength > broker.Options.PacketBytesMax ? ReasonCode.PacketTooLarge
        : !header.HasValidFlags ? ReasonCode.MalformedPacket
        : ReasonCode.Success;

    private ReasonCode Take(in FixedHeader header, ReadOnlySpan<byte> body)
    {
        switch (header.Type)
        {
            case PacketType.Publish:
                return intake.Take(header.Flags, body);
            case PacketType.Puback:
            case PacketType.Pubrec:
            case PacketType.Pubrel:
            case PacketType.Pubcomp:
                var reason = AcknowledgementPacket.TryParse(body, Session.Version, out var ack);
                if (reason == ReasonCode.Success)
                    DeliveryFlow.Take(Session, Output, header.Type, ack);
                return reason;
            case PacketType.Subscribe:
                return subscriptions.Subscribe(body, Output.Control);
            case PacketType.Unsubscribe:
                return subscriptions.Unsubscribe(body, Output.Control);
            case PacketType.Pingreq:
                if (!body.IsEmpty)
                    return ReasonCode.MalformedPacket;
                lock (Session.Sync)
                    Output.Control.UInt16((byte)PacketType.Pingresp << 12);
                return ReasonCode.Success;
            case PacketType.Disconnect:
                return Disconnect(body);
            case PacketType.Reserved:
                return ReasonCode.MalformedPacket;
            default:
                return ReasonCode.ProtocolError; // a second CONNECT [MQTT-3.1.0-2], AUTH without method, packets of a server
        }
    }

    private ReasonCode Disconnect(ReadOnlySpan<byte> body)
    {
        var reason = DisconnectPacket.TryParse(body, Session.Version, out var packet);
        if (reason != ReasonCode.Success)
            return reason;
        if (packet.SessionExpiry is { } expiry)
        {
            if (sessionExpiryAtConnect == 0 && expiry != 0)
                return ReasonCode.ProtocolError; // §3.14.2.2.2
            Session.ExpirySeconds = expiry;
        }

        Interlocked.CompareExchange(ref end, new ConnectionEnd(packet.Reason, IsByClient: true), null);
        if (end!.DiscardsWill)
            Will = null;
        return ReasonCode.Success;
    }

    private void EndBatch()
    {
        acks.EndBatch();
        Output.Pump();
        pumps.PumpAll();
    }

    private async ValueTask HoldBackAsync()
    {
        if (intake.IsHeld || broker.Gate.IsCongested)
            await WaitForGateAsync();
        // MQTT 5 clients are held by the receive maximum; this holds the others.
        if (acks.Waiting >= broker.Options.ReceiveMaximum)
            await acks.WaitForRoomAsync(broker.Options.ReceiveMaximum).WaitAsync(lifetime.Token);
        while (Output.ControlBytes > ControlBytesMax)
            await Task.Delay(TimeSpan.FromMilliseconds(20), broker.Time, lifetime.Token);
    }

    private async Task WaitForGateAsync()
    {
        // The silence is ours, not the client's: its pings wait unread.
        isHeldBack = true;
        await broker.Gate.WaitForRoomAsync(lifetime.Token);
        if (intake.IsHeld)
            await Task.Delay(HeldPause, broker.Time, lifetime.Token);
        isHeldBack = false;
    }

    private void OnGateFailure(Exception failure)
    {
        if (failure is OperationCanceledException)
            return;
        broker.Counters.GateFailed();
        End(ReasonCode.ImplementationSpecificError);
    }
}
