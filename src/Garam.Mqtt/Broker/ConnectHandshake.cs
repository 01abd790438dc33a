using System.IO.Pipelines;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Garam.Mqtt.Packets;
using Garam.Mqtt.Sessions;
using Garam.Mqtt.Topics;
using Microsoft.Extensions.Logging;

namespace Garam.Mqtt.Broker;

/// <summary>From an open transport to an accepted connection, or to a refusal (§3.1.4).</summary>
internal sealed class ConnectHandshake(MqttBroker broker, IDuplexPipe transport, EndPoint? remote, X509Certificate2? certificate)
{
    private static readonly TimeSpan LingerTime = TimeSpan.FromMilliseconds(500);
    private const int LingerBytesMax = 256 * 1024;

    /// <summary>Null: the client was refused or never became one; everything due has been sent.</summary>
    public async Task<MqttConnection?> RunAsync(CancellationToken abort)
    {
        using var timeout = new CancellationTokenSource(broker.Options.ConnectTimeout, broker.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(abort, timeout.Token);
        var (reason, connect) = await ReadConnectAsync(either.Token);
        if (reason != ReasonCode.Success)
            return await RefuseAsync(reason, connect?.Version);
        return await OpenAsync(connect!, either.Token);
    }

    private async Task<MqttConnection?> OpenAsync(ConnectPacket connect, CancellationToken cancellation)
    {
        var (reason, clientId, isAssigned) = Identify(connect);
        if (reason != ReasonCode.Success)
            return await RefuseAsync(reason, connect.Version);
        if (broker.Counters.Connections > broker.Options.ConnectionsMax)
            return await RefuseAsync(ReasonCode.ServerBusy, connect.Version);
        var verdict = await AuthenticateAsync(connect, clientId, cancellation);
        if (verdict.Reason != ReasonCode.Success)
            return await RefuseAsync(verdict.Reason, connect.Version);
        if (connect.Will is { } will && !MayLeave(will, connect, clientId, verdict))
            return await RefuseAsync(ReasonCode.NotAuthorized, connect.Version);
        var connection = await broker.Sessions.OpenAsync(
            clientId, connect.CleanStart, (session, present) => Bind(session, present, connect, verdict, isAssigned), cancellation);
        return connection ?? await RefuseAsync(ReasonCode.QuotaExceeded, connect.Version);
    }

    private async Task<(ReasonCode Reason, ConnectPacket? Connect)> ReadConnectAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var result = await transport.Input.ReadAsync(cancellation);
            var isComplete = TryTake(result.Buffer, out var consumed, out var reason, out var connect);
            transport.Input.AdvanceTo(consumed, isComplete ? consumed : result.Buffer.End);
            if (isComplete || reason != ReasonCode.Success)
                return (reason, connect);
            if (result.IsCompleted)
                throw new IOException("The client closed the connection before CONNECT.");
        }
    }

    private bool TryTake(
        in System.Buffers.ReadOnlySequence<byte> buffer, out SequencePosition consumed, out ReasonCode reason, out ConnectPacket? connect)
    {
        connect = null;
        var scanner = new PacketScanner(buffer);
        consumed = scanner.Position;
        reason = ReasonCode.Success;
        if (!buffer.IsEmpty && buffer.FirstSpan[0] != (byte)PacketType.Connect << 4)
            reason = ReasonCode.ProtocolError; // [MQTT-3.1.0-1]
        else if (!scanner.TryReadHeader(out var header, out var malformed))
            reason = malformed ? ReasonCode.MalformedPacket : ReasonCode.Success;
        else if (header.PacketLength > broker.Options.PacketBytesMax)
            reason = ReasonCode.PacketTooLarge;
        else if (scanner.TryReadBody(header, out var body))
        {
            reason = ConnectPacket.TryParse(body, out connect);
            consumed = scanner.Position;
            scanner.Dispose();
            return true;
        }

        return false;
    }

    private (ReasonCode Reason, string ClientId, bool IsAssigned) Identify(ConnectPacket connect)
    {
        if (connect.AuthenticationMethod is not null)
            return (ReasonCode.BadAuthenticationMethod, "", false); // §4.12
        if (connect.ClientId.Length > 0)
            return Encoding.UTF8.GetByteCount(connect.ClientId) > broker.Options.ClientIdBytesMax
                ? (ReasonCode.ClientIdentifierNotValid, "", false)
                : (ReasonCode.Success, connect.ClientId, false);
        if (connect.Version == ProtocolVersion.V311 && !connect.CleanStart)
            return (ReasonCode.ClientIdentifierNotValid, "", false); // 3.1.1 [MQTT-3.1.3-8]
        // Unguessable, because knowing it is enough to take the session over.
        return (ReasonCode.Success, "auto-" + Guid.NewGuid().ToString("N"), true);
    }

    private async ValueTask<ConnectVerdict> AuthenticateAsync(ConnectPacket connect, string clientId, CancellationToken cancellation)
    {
        var attempt = new ConnectAttempt(clientId, connect.Version, connect.UserName, connect.Password, remote, certificate);
        try
        {
            return await broker.Access.AuthenticateAsync(attempt, cancellation);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            broker.Logger.LogError(failure, "Access control failed for client {ClientId}.", clientId);
            return ConnectVerdict.Refuse(ReasonCode.ServerUnavailable);
        }
    }

    private bool MayLeave(WillPart will, ConnectPacket connect, string clientId, ConnectVerdict verdict)
    {
        if (TopicName.Check(Encoding.UTF8.GetBytes(will.Topic), broker.Options.TopicBytesMax, broker.Options.TopicLevelsMax)
            != ReasonCode.Success || will.Topic.StartsWith("$SYS/", StringComparison.Ordinal))
            return false;
        var stranger = new MqttSession(clientId, broker.Options)
        {
            Version = connect.Version, UserName = connect.UserName, Principal = verdict.Principal, RemoteEndPoint = remote,
        };
        return broker.Access.MayPublish(stranger, will.Topic);
    }

    private MqttConnection Bind(MqttSession session, bool isPresent, ConnectPacket connect, ConnectVerdict verdict, bool isAssigned)
    {
        var options = broker.Options;
        session.Version = connect.Version;
        session.UserName = connect.UserName;
        session.Principal = verdict.Principal;
        session.RemoteEndPoint = remote;
        var expiryMax = (uint)Math.Min(uint.MaxValue - 1, options.SessionExpiryMax.TotalSeconds);
        session.ExpirySeconds = Math.Min(connect.SessionExpiry, expiryMax);
        var keepAlive = KeepAlive(connect);
        var connection = new MqttConnection(broker, transport, session, connect, keepAlive);
        connection.Output.Restriction = verdict.IsRestricted ? broker.Access : null;
        new ConnackPacket(ReasonCode.Success, isPresent)
        {
            SessionExpiry = session.ExpirySeconds == connect.SessionExpiry ? null : session.ExpirySeconds,
            ReceiveMaximum = (ushort)options.ReceiveMaximum,
            MaximumPacketSize = (uint)options.PacketBytesMax,
            AssignedClientId = isAssigned ? session.ClientId : null,
            TopicAliasMaximum = (ushort)options.TopicAliasMaximum,
            ServerKeepAlive = keepAlive == connect.KeepAlive ? null : (ushort)keepAlive,
        }.Write(connection.Output.Control, connect.Version);
        return connection;
    }

    // §3.2.2.3.14; 3.1.1 clients cannot be told, so their own value holds.
    private int KeepAlive(ConnectPacket connect)
    {
        var maximum = broker.Options.KeepAliveSecondsMax;
        return connect.Version == ProtocolVersion.V5 && maximum != 0 && (connect.KeepAlive == 0 || connect.KeepAlive > maximum)
            ? maximum
            : connect.KeepAlive;
    }

    private async Task<MqttConnection?> RefuseAsync(ReasonCode reason, ProtocolVersion? version)
    {
        broker.Counters.ConnectionRefused();
        broker.Counters.Ended(reason);
        // What is not recognisably MQTT gets no answer (§3.1.2.1), nor does a 3.1.1 client whose packet is malformed (3.1.1 §4.8).
        if (version is null || version == ProtocolVersion.V311 && reason is ReasonCode.MalformedPacket or ReasonCode.ProtocolError)
            return null;
        var packet = new PacketBuffer(16);
        new ConnackPacket(reason, false).Write(packet, version.Value);
        await transport.Output.WriteAsync(packet.Written.ToArray());
        await TransportLinger.DiscardAsync(transport.Input, LingerBytesMax, LingerTime, broker.Time);
        return null;
    }
}
