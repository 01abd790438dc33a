using Garam.Mqtt.Packets;

namespace Garam.Mqtt.Broker;

/// <summary>What the broker counts, for metrics. Totals since start unless said otherwise; reading takes no lock.</summary>
public sealed class BrokerCounters
{
    private readonly long[] errorsByReason = new long[256];
    private long connectionsTotal;
    private long connectionsRefused;
    private long connections;
    private long messagesReceived;
    private long messagesSent;
    private long bytesReceived;
    private long bytesSent;
    private long publishesRefused;
    private long droppedQueueFull;
    private long droppedQos0;
    private long droppedExpired;
    private long droppedTooLarge;
    private long retainedRefused;
    private long gateFailures;

    /// <summary>Connections open now, those before CONNECT included.</summary>
    public long Connections => Volatile.Read(ref connections);

    /// <summary>Connections accepted by CONNACK.</summary>
    public long ConnectionsTotal => Volatile.Read(ref connectionsTotal);

    /// <summary>Connections that got an error in CONNACK, timed out before CONNECT or came above the limit.</summary>
    public long ConnectionsRefused => Volatile.Read(ref connectionsRefused);

    /// <summary>PUBLISH packets received.</summary>
    public long MessagesReceived => Volatile.Read(ref messagesReceived);

    /// <summary>PUBLISH packets sent, repeats included.</summary>
    public long MessagesSent => Volatile.Read(ref messagesSent);

    /// <summary>Bytes of complete packets received.</summary>
    public long BytesReceived => Volatile.Read(ref bytesReceived);

    /// <summary>Bytes handed to the transport.</summary>
    public long BytesSent => Volatile.Read(ref bytesSent);

    /// <summary>Publications refused by access rules or by the gate.</summary>
    public long PublishesRefused => Volatile.Read(ref publishesRefused);

    /// <summary>QoS 1 and 2 messages dropped because a session's queue was full.</summary>
    public long DroppedQueueFull => Volatile.Read(ref droppedQueueFull);

    /// <summary>QoS 0 messages dropped because a session's queue was full.</summary>
    public long DroppedQos0 => Volatile.Read(ref droppedQos0);

    /// <summary>Messages not delivered because their expiry interval had passed.</summary>
    public long DroppedExpired => Volatile.Read(ref droppedExpired);

    /// <summary>Messages not delivered because they exceed the client's maximum packet size.</summary>
    public long DroppedTooLarge => Volatile.Read(ref droppedTooLarge);

    /// <summary>Messages not retained because the store is at its limit.</summary>
    public long RetainedRefused => Volatile.Read(ref retainedRefused);

    /// <summary>Connections closed because the gate could not make a message durable.</summary>
    public long GateFailures => Volatile.Read(ref gateFailures);

    /// <summary>Connections the broker ended, by the reason it gave; only reasons that occurred.</summary>
    public IReadOnlyDictionary<ReasonCode, long> ProtocolErrors
    {
        get
        {
            var found = new Dictionary<ReasonCode, long>();
            for (var i = 0; i < errorsByReason.Length; i++)
                if (Volatile.Read(ref errorsByReason[i]) is var count and not 0)
                    found[(ReasonCode)i] = count;
            return found;
        }
    }

    internal long ConnectionOpened() => Interlocked.Increment(ref connections);

    internal void ConnectionClosed() => Interlocked.Decrement(ref connections);

    internal void ConnectionAccepted() => Interlocked.Increment(ref connectionsTotal);

    internal void ConnectionRefused() => Interlocked.Increment(ref connectionsRefused);

    internal void Received(long messages, long bytes)
    {
        if (messages != 0)
            Interlocked.Add(ref messagesReceived, messages);
        Interlocked.Add(ref bytesReceived, bytes);
    }

    internal void Sent(long messages, long bytes)
    {
        if (messages != 0)
            Interlocked.Add(ref messagesSent, messages);
        Interlocked.Add(ref bytesSent, bytes);
    }

    internal void PublishRefused() => Interlocked.Increment(ref publishesRefused);

    internal void QueueFull(QualityOfService qos, int count = 1) =>
        Interlocked.Add(ref qos == QualityOfService.AtMostOnce ? ref droppedQos0 : ref droppedQueueFull, count);

    internal void Expired() => Interlocked.Increment(ref droppedExpired);

    internal void TooLarge() => Interlocked.Increment(ref droppedTooLarge);

    internal void NotRetained() => Interlocked.Increment(ref retainedRefused);

    internal void GateFailed() => Interlocked.Increment(ref gateFailures);

    internal void Ended(ReasonCode reason)
    {
        if (reason >= ReasonCode.UnspecifiedError)
            Interlocked.Increment(ref errorsByReason[(byte)reason]);
    }
}
