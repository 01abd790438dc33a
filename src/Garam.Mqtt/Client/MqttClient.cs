using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Garam.Mqtt.Packets;
using Garam.Mqtt.Topics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Garam.Mqtt.Client;

/// <summary>
/// An MQTT client that keeps its connection. What it promises:
/// <list type="bullet">
/// <item>a QoS 1 or 2 <see cref="PublishAsync"/> completes when the server has acknowledged it; a lost connection in between is
/// re-established and the message repeated, in order, with its identifier when the session was kept;</item>
/// <item>at most a window of messages is under way and at most a bounded number of bytes gathered; further publishers wait;</item>
/// <item>subscriptions are made again when the server has lost the session;</item>
/// <item>after <see cref="DisposeAsync"/> everything under way has failed with an exception and nothing runs any more.</item>
/// </list>
/// Thread-safe.
/// </summary>
public sealed class MqttClient : IAsyncDisposable
{
    private readonly MqttClientOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly PublishWindow window;
    private readonly Random random;
    private readonly CancellationTokenSource stop = new();
    private readonly Dictionary<string, ClientSubscription> subscriptions = new(StringComparer.Ordinal);
    // Replaced as a whole at every change, so that receiving walks it without a lock or a copy.
    private volatile ClientSubscription[] handlers = [];
    private readonly ConcurrentDictionary<ushort, TaskCompletionSource<ReasonCode[]>> requests = new();
    private readonly HashSet<ushort> receivedQos2 = [];
    private readonly Lock publishing = new();
    private readonly PacketBuffer scratch = new(1024);
    private readonly PublishWriter writer;
    private readonly TopicCache topics = new(1024, ushort.MaxValue, int.MaxValue);
    private volatile ClientConnection? current;
    private Task running = Task.CompletedTask;
    private string clientId;
    private long sequence;
    private ushort lastRequestId;
    private long droppedQos0;
    private long reconnects;

    /// <param name="options">Where and how.</param>
    /// <param name="time">The clock of timeouts, keep-alive and reconnects; null: the system's.</param>
    /// <param name="logger">Lost and regained connections; null: silent.</param>
    public MqttClient(MqttClientOptions options, TimeProvider? time = null, ILogger? logger = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.InflightWindow, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.InflightWindow, 32_767);
        this.options = options;
        this.time = time ?? TimeProvider.System;
        this.logger = logger ?? NullLogger.Instance;
        clientId = options.ClientId;
        writer = new PublishWriter(options.Version);
        window = new PublishWindow(options.InflightWindow);
        random = new Random(options.Seed);
    }

    /// <summary>Whether a connection stands now.</summary>
    public bool IsConnected => current is not null;

    /// <summary>The client identifier in use, an assigned one included.</summary>
    public string ClientId => clientId;

    /// <summary>QoS 1 and 2 messages under way.</summary>
    public int Inflight => window.Used;

    /// <summary>QoS 0 messages published without a connection, which are lost.</summary>
    public long DroppedQos0 => Volatile.Read(ref droppedQos0);

    /// <summary>Connections regained.</summary>
    public long Reconnects => Volatile.Read(ref reconnects);

    /// <summary>
    /// Makes the first connection, and from then on keeps it. Returns whether the server had kept a session.
    /// </summary>
    /// <exception cref="MqttClientException">The server refused; the client may be connected again later.</exception>
    /// <exception cref="IOException">The server is not reachable.</exception>
    public async Task<bool> ConnectAsync(CancellationToken cancellation = default)
    {
        ClientConnection connection;
        try
        {
            connection = await ClientConnection.OpenAsync(options, clientId, options.CleanStart, time, cancellation);
        }
        catch (System.Net.Sockets.SocketException failure)
        {
            throw new IOException($"{options.Host}:{options.Port} cannot be reached: {failure.Message}", failure);
        }

        var present = connection.Connack.SessionPresent;
        Adopt(connection);
        running = KeepAsync(connection);
        return present;
    }

    /// <summary>
    /// Publishes. QoS 0 completes when the packet is in the outgoing buffer, QoS 1 and 2 when acknowledged. While the line is down
    /// QoS 0 is dropped and counted, the others wait.
    /// </summary>
    /// <exception cref="MqttClientException">The server refused the message (MQTT 5), or the client was disposed.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask PublishAsync(
        string topic, ReadOnlyMemory<byte> payload, QualityOfService qos = QualityOfService.AtLeastOnce, bool retain = false,
        MessageProperties? properties = null, CancellationToken cancellation = default)
    {
        if (current is { } connection)
            await connection.Output.WaitForRoomAsync();
        if (qos == QualityOfService.AtMostOnce)
        {
            PublishOnce(topic, payload.Span, retain, properties);
            return;
        }

        var slot = await window.TakeAsync(cancellation);
        await Begin(slot, topic, payload.Span, qos, retain, properties);
    }

    /// <summary>Subscribes and keeps the subscription over reconnects. A refusal throws.</summary>
    /// <exception cref="MqttClientException">The server refused the filter, or the client is not connected.</exception>
    public async Task SubscribeAsync(
        string filter, SubscribeOptions subscribe, ReceiveHandler handler, CancellationToken cancellation = default)
    {
        if (!TopicFilter.TryParse(filter, ushort.MaxValue, int.MaxValue, out var parsed))
            throw new ArgumentException($"'{filter}' is not a topic filter.", nameof(filter));
        var subscription = new ClientSubscription(filter, parsed.Pattern, subscribe, handler);
        Keep(filter, subscription); // before the request: retained messages may come before its answer is handled
        var reasons = await RequestAsync((buffer, id) => SubscribeWriter.Subscribe(buffer, id, subscription, options.Version), cancellation);
        if (reasons.Length != 1 || reasons[0] < ReasonCode.UnspecifiedError)
            return;
        Keep(filter, null);
        throw new MqttClientException($"The server refused the subscription '{filter}': {reasons[0]}.", reasons[0]);
    }

    /// <summary>Ends a subscription.</summary>
    public async Task UnsubscribeAsync(string filter, CancellationToken cancellation = default)
    {
        await RequestAsync((buffer, id) => SubscribeWriter.Unsubscribe(buffer, id, filter, options.Version), cancellation);
        Keep(filter, null);
    }

    /// <summary>Says DISCONNECT, so the server throws the will away, and ends.</summary>
    public ValueTask DisposeAsync() => CloseAsync(goodbye: true);

    /// <summary>Drops the line without DISCONNECT, as a crash would: the server publishes the will.</summary>
    public ValueTask AbortAsync() => CloseAsync(goodbye: false);

    /// <summary>For tests of reconnecting: the line breaks, the client goes on.</summary>
    internal ValueTask BreakAsync() => current?.DisposeAsync() ?? default;

    private void Keep(string filter, ClientSubscription? subscription)
    {
        lock (publishing)
        {
            if (subscription is null)
                subscriptions.Remove(filter);
            else
                subscriptions[filter] = subscription;
            handlers = [.. subscriptions.Values];
        }
    }

    private async ValueTask CloseAsync(bool goodbye)
    {
        if (stop.IsCancellationRequested)
            return;
        var connection = current;
        await stop.CancelAsync();
        await running;
        if (connection is not null)
        {
            if (goodbye)
                await SayGoodbyeAsync(connection);
            await connection.DisposeAsync();
        }

        Fail(new MqttClientException("The client was closed.", ReasonCode.Success));
        stop.Dispose();
    }

    private async Task SayGoodbyeAsync(ClientConnection connection)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1), time);
        try
        {
            await connection.FarewellAsync(limit.Token);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The line is gone already.
        }
    }

    private void Fail(MqttClientException reason)
    {
        window.Close(reason);
        foreach (var id in requests.Keys)
            if (requests.TryRemove(id, out var request))
                request.TrySetException(reason);
    }

    private async Task KeepAsync(ClientConnection connection)
    {
        var pause = options.ReconnectDelay;
        while (true)
        {
            try
            {
                await connection.RunAsync(OnPacketAsync, stop.Token);
            }
            catch (Exception failure) when (!stop.IsCancellationRequested)
            {
                // Supervised: whatever ended the connection, the answer is a new one.
                logger.LogWarning("Connection to {Host}:{Port} lost: {Reason}", options.Host, options.Port, failure.Message);
            }
            catch (Exception)
            {
                return; // closing
            }

            current = null;
            await connection.DisposeAsync();
            FailRequests();
            if (await ReopenAsync(pause) is not { } next)
                return;
            connection = next;
        }
    }

    private async Task<ClientConnection?> ReopenAsync(TimeSpan pause)
    {
        while (true)
        {
            try
            {
                await Task.Delay(pause * (1 - random.NextDouble() / 2), time, stop.Token);
                var next = await ClientConnection.OpenAsync(options, clientId, cleanStart: false, time, stop.Token);
                Adopt(next);
                Interlocked.Increment(ref reconnects);
                logger.LogInformation("Connection to {Host}:{Port} regained.", options.Host, options.Port);
                return next;
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                return null;
            }
            catch (Exception failure) when (failure is IOException or System.Net.Sockets.SocketException
                or System.Security.Authentication.AuthenticationException)
            {
                logger.LogDebug("Reconnect to {Host}:{Port} failed: {Reason}", options.Host, options.Port, failure.Message);
                pause = pause * 2 < options.ReconnectDelayMax ? pause * 2 : options.ReconnectDelayMax;
            }
        }
    }

    private void Adopt(ClientConnection connection)
    {
        if (connection.Connack.AssignedClientId is { } assigned)
            clientId = assigned;
        lock (publishing)
        {
            window.Limit(connection.Connack.ReceiveMaximum);
            if (!connection.Connack.SessionPresent)
            {
                receivedQos2.Clear();
                foreach (var subscription in subscriptions.Values)
                    connection.Output.Write((this, subscription), static (buffer, s) =>
                        SubscribeWriter.Subscribe(buffer, s.Item1.NextRequestId(), s.subscription, s.Item1.options.Version));
            }

            Repeat(connection);
            current = connection;
        }
    }

    private void Repeat(ClientConnection connection)
    {
        foreach (var slot in window.Active())
        {
            if (!slot.IsReleased)
            {
                if (connection.Connack.SessionPresent)
                    slot.MarkDuplicate();
                connection.Output.Write(slot.Packet);
            }
            else if (connection.Connack.SessionPresent)
            {
                Acknowledge(connection, PacketType.Pubrel, slot.PacketId);
            }
            else
            {
                slot.Complete(null); // received before the session was lost
            }
        }
    }

    private void PublishOnce(string topic, ReadOnlySpan<byte> payload, bool retain, MessageProperties? properties)
    {
        lock (publishing)
        {
            writer.Write(scratch, topic, payload, QualityOfService.AtMostOnce, retain, 0, properties);
            if (current is null || !current.Output.Write(scratch.Written))
                droppedQos0++;
        }
    }

    private ValueTask Begin(
        InflightPublish slot, string topic, ReadOnlySpan<byte> payload, QualityOfService qos, bool retain, MessageProperties? properties)
    {
        lock (publishing)
        {
            writer.Write(scratch, topic, payload, qos, retain, slot.PacketId, properties);
            var done = slot.Begin(scratch.Written, qos, ++sequence);
            current?.Output.Write(scratch.Written);
            return done;
        }
    }

    private async ValueTask OnPacketAsync(FixedHeader header, ReadOnlyMemory<byte> body)
    {
        switch (header.Type)
        {
            case PacketType.Publish:
                await ReceiveAsync(header, body);
                break;
            case PacketType.Puback:
            case PacketType.Pubrec:
            case PacketType.Pubrel:
            case PacketType.Pubcomp:
                OnAcknowledgement(header.Type, body.Span);
                break;
            case PacketType.Suback:
            case PacketType.Unsuback:
                if (SubackPacket.Parse(body.Span, options.Version) is { } answer && requests.TryRemove(answer.PacketId, out var request))
                    request.TrySetResult(answer.Reasons);
                break;
            case PacketType.Disconnect:
                _ = DisconnectPacket.TryParse(body.Span, options.Version, out var goodbye);
                throw new MqttClientException($"The server closed the connection: {goodbye.Reason}.", goodbye.Reason);
            default:
                throw new MqttClientException($"The server sent {header.Type}, which no server sends here.", ReasonCode.ProtocolError);
        }
    }

    private void OnAcknowledgement(PacketType type, ReadOnlySpan<byte> body)
    {
        if (AcknowledgementPacket.TryParse(body, options.Version, out var ack) != ReasonCode.Success)
            throw new MqttClientException("The server sent a malformed acknowledgement.", ReasonCode.MalformedPacket);
        if (type == PacketType.Pubrel)
        {
            receivedQos2.Remove(ack.PacketId);
            Acknowledge(current, PacketType.Pubcomp, ack.PacketId);
            return;
        }

        if (window.Find(ack.PacketId) is not { } slot)
            return;
        if (ack.Reason >= ReasonCode.UnspecifiedError && type != PacketType.Pubcomp)
            slot.Complete(new MqttClientException($"The server refused the message: {ack.Reason}.", ack.Reason));
        else if (type == PacketType.Pubrec && slot.Qos == QualityOfService.ExactlyOnce)
        {
            slot.IsReleased = true;
            Acknowledge(current, PacketType.Pubrel, ack.PacketId);
        }
        else if (type == PacketType.Puback ? slot.Qos == QualityOfService.AtLeastOnce : slot.IsReleased)
            slot.Complete(null);
    }

    private async ValueTask ReceiveAsync(FixedHeader header, ReadOnlyMemory<byte> body)
    {
        var (message, packetId) = Parse(header, body);
        if (message.Qos == QualityOfService.ExactlyOnce && !receivedQos2.Add(packetId))
        {
            Acknowledge(current, PacketType.Pubrec, packetId);
            return;
        }

        try
        {
            foreach (var subscription in handlers)
                if (TopicFilter.Matches(subscription.Pattern, message.Topic))
                    await subscription.Handler(message);
        }
        catch
        {
            receivedQos2.Remove(packetId);
            throw;
        }

        if (message.Qos != QualityOfService.AtMostOnce)
            Acknowledge(current, message.Qos == QualityOfService.AtLeastOnce ? PacketType.Puback : PacketType.Pubrec, packetId);
    }

    private (ReceivedMessage Message, ushort PacketId) Parse(FixedHeader header, ReadOnlyMemory<byte> body)
    {
        var reason = PublishPacket.TryParse(header.Flags, body.Span, options.Version, fromServer: true, out var packet);
        MqttTopic? topic = null;
        if (reason == ReasonCode.Success && !packet.TopicUtf8.IsEmpty)
            reason = topics.TryGet(packet.TopicUtf8, out topic);
        if (reason != ReasonCode.Success || topic is null)
            throw new MqttClientException($"The server sent a bad PUBLISH: {reason}.", reason);
        var propertiesAt = body.Length - packet.Payload.Length - packet.Properties.Length;
        return (new ReceivedMessage(
            topic.Name, body[^packet.Payload.Length..], packet.Qos, packet.Retain, packet.Duplicate,
            body.Slice(propertiesAt, packet.Properties.Length)), packet.PacketId);
    }

    private void Acknowledge(ClientConnection? connection, PacketType type, ushort packetId) =>
        connection?.Output.Write((type, packetId, options.Version), static (buffer, s) =>
            buffer.Acknowledgement(s.type, s.packetId, ReasonCode.Success, s.Version));

    private async Task<ReasonCode[]> RequestAsync(Action<PacketBuffer, ushort> write, CancellationToken cancellation)
    {
        var answer = new TaskCompletionSource<ReasonCode[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        ushort id;
        lock (publishing)
        {
            id = NextRequestId();
            requests[id] = answer;
            if (current is null || !current.Output.Write((write, id), static (buffer, s) => s.write(buffer, s.id)))
            {
                requests.TryRemove(id, out _);
                throw new MqttClientException("Not connected.", ReasonCode.UnspecifiedError);
            }
        }

        return await answer.Task.WaitAsync(cancellation);
    }

    // Publications use identifiers up to the window, at most 32,767; requests those above.
    private ushort NextRequestId() => lastRequestId = (ushort)(lastRequestId < 32_768 || lastRequestId == ushort.MaxValue ? 32_768 : lastRequestId + 1);

    private void FailRequests()
    {
        foreach (var id in requests.Keys)
            if (requests.TryRemove(id, out var request))
                request.TrySetException(new MqttClientException("The connection was lost before the answer.", ReasonCode.UnspecifiedError));
    }
}
