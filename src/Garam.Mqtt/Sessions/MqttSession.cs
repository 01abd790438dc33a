using System.Net;
using Garam.Mqtt.Broker;
using Garam.Mqtt.Packets;
using Garam.Mqtt.Topics;
using Garam.Mqtt.Wills;

namespace Garam.Mqtt.Sessions;

/// <summary>
/// A client's session (§4.1): subscriptions, what waits for it, what is under way in both directions. Invariants:
/// <list type="bullet">
/// <item><see cref="Sync"/> guards everything that changes, the output buffer of the current connection included;</item>
/// <item>a message is in exactly one of queue and window, and the session holds one reference of it there;</item>
/// <item>at most one connection at a time is bound; a new one is bound only after the old one has let go;</item>
/// <item>once <see cref="IsEnded"/> is set nothing is enqueued any more and all references are released.</item>
/// </list>
/// </summary>
public sealed class MqttSession
{
    // Half the default pause threshold of a Kestrel output pipe: more would wait there anyway.
    private const int PumpNowBytes = 32 * 1024;

    internal MqttSession(string clientId, MqttOptions options)
    {
        ClientId = clientId;
        Queue = new DeliveryQueue(options.QueuedMessagesMax, options.QueuedBytesMax);
    }

    /// <summary>The client identifier.</summary>
    public string ClientId { get; }

    /// <summary>The protocol of the last connection.</summary>
    public ProtocolVersion Version { get; internal set; } = ProtocolVersion.V5;

    /// <summary>User name of the last connection; null when it gave none.</summary>
    public string? UserName { get; internal set; }

    /// <summary>What <see cref="IMqttAccess.AuthenticateAsync"/> attached at the last CONNECT; null for a session read from disk.</summary>
    public object? Principal { get; internal set; }

    /// <summary>Where the last connection came from.</summary>
    public EndPoint? RemoteEndPoint { get; internal set; }

    /// <summary>Whether a connection is bound now.</summary>
    public bool IsConnected => Volatile.Read(ref connection) is not null;

    /// <summary>Free for the publish gate or the platform.</summary>
    public object? Tag { get; set; }

    internal Lock Sync { get; } = new();

    internal DeliveryQueue Queue { get; }

    internal InflightWindow Inflight { get; } = new();

    internal Dictionary<string, Subscription> Subscriptions { get; } = new(StringComparer.Ordinal);

    /// <summary>QoS 2 identifiers received and not yet released, with the ticket their PUBREC waits for (§4.3.3).</summary>
    internal Dictionary<ushort, long> InboundQos2 { get; } = [];

    /// <summary>Seconds the session outlives its connection; <see cref="uint.MaxValue"/>: as long as the broker keeps any.</summary>
    internal uint ExpirySeconds { get; set; }

    /// <summary>Unix milliseconds; zero while connected.</summary>
    internal long DisconnectedAtMs { get; set; }

    internal PendingWill? Will { get; set; }

    /// <summary>Fires at the earlier of will delay and session expiry.</summary>
    internal ITimer? Deadline { get; set; }

    internal bool IsEnded { get; private set; }

    internal bool PumpScheduled { get; set; }

    /// <summary>What the journal still has to learn about this session.</summary>
    internal SessionJournalState Journal { get; } = new();

    /// <summary>Whether a message would be taken now; a hint for shared subscriptions, read without the lock.</summary>
    internal bool HasRoom => IsConnected && !Queue.IsFull;

    internal MqttConnection? Connection
    {
        get => Volatile.Read(ref connection);
        set => Volatile.Write(ref connection, value);
    }

    private MqttConnection? connection;
    private long lastSequence;

    /// <summary>Offers a message; on any result but Dropped the session has taken a reference of its own.</summary>
    internal EnqueueResult Enqueue(
        PublishedMessage message, QualityOfService qos, bool retain, uint[]? identifiers, BrokerCounters counters)
    {
        lock (Sync)
        {
            if (IsEnded || connection is null && qos == QualityOfService.AtMostOnce)
                return EnqueueResult.Dropped;
            var delivery = new Delivery
            {
                Message = message, Sequence = ++lastSequence, Qos = qos, Retain = retain, Identifiers = identifiers,
            };
            var taken = Queue.TryEnqueue(delivery, out var evicted);
            if (evicted != 0)
                counters.QueueFull(QualityOfService.AtMostOnce, evicted);
            if (!taken)
            {
                counters.QueueFull(qos);
                return EnqueueResult.Dropped;
            }

            message.AddReference();
            if (connection is null)
            {
                Journal.IsDirty = true;
                return EnqueueResult.Queued;
            }

            Journal.IsDirty |= qos != QualityOfService.AtMostOnce;
            if (Queue.Bytes >= PumpNowBytes && !connection.Output.IsBlocked)
                return EnqueueResult.PumpNow;
            if (PumpScheduled)
                return EnqueueResult.Queued;
            PumpScheduled = true;
            return EnqueueResult.PumpLater;
        }
    }

    /// <summary>Sends what waits, if a connection is there to send it.</summary>
    internal void Pump()
    {
        MqttConnection? current;
        lock (Sync)
        {
            PumpScheduled = false;
            current = connection;
        }

        current?.Output.Pump();
    }

    /// <summary>Puts back a message the journal remembered.</summary>
    internal void Restore(in Delivery delivery, ushort packetId, bool isReleased)
    {
        lastSequence = Math.Max(lastSequence, delivery.Sequence);
        var kept = packetId == 0 ? Queue.TryEnqueue(delivery, out _) : Inflight.TryRestore(packetId, delivery, isReleased);
        if (!kept)
            delivery.Message?.Release();
    }

    /// <summary>A new connection must see again what was not acknowledged [MQTT-4.4.0-1].</summary>
    internal void MarkForResend()
    {
        for (var i = 0; i < Inflight.Slots; i++)
        {
            ref var slot = ref Inflight.Slot(i);
            slot.MustResend = slot.PacketId != 0;
        }
    }

    /// <summary>Releases everything; the session is not used again.</summary>
    internal void End()
    {
        lock (Sync)
        {
            IsEnded = true;
            while (Queue.Count > 0)
                Queue.Dequeue().Message.Release();
            for (var i = 0; i < Inflight.Slots; i++)
            {
                ref var slot = ref Inflight.Slot(i);
                if (slot.PacketId == 0)
                    continue;
                slot.Delivery.Message?.Release();
                Inflight.Remove(ref slot);
            }

            InboundQos2.Clear();
            Will = null;
            Deadline?.Dispose();
            Deadline = null;
        }
    }
}
