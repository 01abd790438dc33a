using System.Buffers;
using System.Collections.Concurrent;
using Garam.Mqtt.Packets;

namespace Garam.Mqtt.Sessions;

/// <summary>
/// One accepted message, shared by everybody who gets it: topic, forwarded properties and payload, in a pooled buffer that goes
/// back when the last holder lets go. The maker holds one reference; a holder that passes it on adds one first.
/// </summary>
internal sealed class PublishedMessage
{
    // Enough for what is under way between 100 busy connections; beyond it objects are left to the collector.
    private const int PooledMax = 4096;

    private static readonly ConcurrentQueue<PublishedMessage> Pool = new();
    private static int pooled;

    private byte[] buffer = [];
    private int propertiesLength;
    private int payloadLength;
    private int references;

    public string Topic { get; private set; } = "";

    public byte[] TopicUtf8 { get; private set; } = [];

    public QualityOfService Qos { get; private set; }

    public bool Retain { get; private set; }

    /// <summary><see cref="TimeProvider.GetUtcNow"/> in Unix milliseconds when it stops being useful; zero: never.</summary>
    public long ExpiresAtMs { get; private set; }

    public ReadOnlySpan<byte> Properties => buffer.AsSpan(0, propertiesLength);

    public ReadOnlySpan<byte> Payload => buffer.AsSpan(propertiesLength, payloadLength);

    public ReadOnlyMemory<byte> PayloadMemory => buffer.AsMemory(propertiesLength, payloadLength);

    /// <summary>What it counts for against limits in bytes.</summary>
    public int Size => TopicUtf8.Length + propertiesLength + payloadLength;

    /// <param name="topic">The topic name.</param>
    /// <param name="topicUtf8">The same, as bytes; kept, not copied.</param>
    /// <param name="properties">A property block; only those that must be forwarded are copied.</param>
    /// <param name="payload">Copied.</param>
    /// <param name="qos">As published.</param>
    /// <param name="retain">As published.</param>
    /// <param name="expiresAtMs">Unix milliseconds, or zero.</param>
    public static PublishedMessage Create(
        string topic, byte[] topicUtf8, ReadOnlySpan<byte> properties, ReadOnlySpan<byte> payload, QualityOfService qos, bool retain,
        long expiresAtMs)
    {
        if (Pool.TryDequeue(out var message))
            Interlocked.Decrement(ref pooled);
        else
            message = new PublishedMessage();
        message.Topic = topic;
        message.TopicUtf8 = topicUtf8;
        message.Qos = qos;
        message.Retain = retain;
        message.ExpiresAtMs = expiresAtMs;
        message.buffer = ArrayPool<byte>.Shared.Rent(properties.Length + payload.Length);
        message.propertiesLength = CopyForwarded(properties, message.buffer);
        message.payloadLength = payload.Length;
        payload.CopyTo(message.buffer.AsSpan(message.propertiesLength));
        message.references = 1;
        return message;
    }

    public PublishedMessage AddReference()
    {
        Interlocked.Increment(ref references);
        return this;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref references) != 0)
            return;
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
        propertiesLength = payloadLength = 0;
        if (Interlocked.Increment(ref pooled) <= PooledMax)
            Pool.Enqueue(this);
        else
            Interlocked.Decrement(ref pooled);
    }

    public bool IsExpired(long nowMs) => ExpiresAtMs != 0 && nowMs >= ExpiresAtMs;

    private static int CopyForwarded(ReadOnlySpan<byte> properties, byte[] target)
    {
        var length = 0;
        var reader = new PropertyReader(properties, ulong.MaxValue);
        while (reader.TryNext(out var property))
        {
            if (!PropertySets.Has(PropertySets.Forwarded, property.Id))
                continue;
            property.Encoded.CopyTo(target.AsSpan(length));
            length += property.Encoded.Length;
        }

        return length;
    }
}
