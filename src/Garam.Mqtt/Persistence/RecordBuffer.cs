using System.Buffers.Binary;
using Garam.Mqtt.Packets;
using Garam.Mqtt.Sessions;

namespace Garam.Mqtt.Persistence;

/// <summary>Framed records gathered for one write. Integers are big-endian, as everywhere in MQTT.</summary>
internal sealed class RecordBuffer
{
    private readonly PacketBuffer record = new(1024);
    private byte[] bytes = new byte[16 * 1024];
    private int length;

    public bool IsEmpty => length == 0;

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, length);

    /// <summary>Empties; a buffer that a rare large flush has blown up is given back.</summary>
    public void Clear()
    {
        length = 0;
        if (bytes.Length > 1024 * 1024)
            bytes = new byte[16 * 1024];
    }

    public void RetainedSet(PublishedMessage message)
    {
        record.Byte((byte)StateRecord.RetainedSet);
        Message(message);
        Finish();
    }

    public void RetainedClear(string topic)
    {
        record.Byte((byte)StateRecord.RetainedClear);
        record.Text(topic);
        Finish();
    }

    public void SessionHead(MqttSession session)
    {
        record.Byte((byte)StateRecord.SessionHead);
        Int64(session.Journal.Incarnation);
        record.Text(session.ClientId);
        record.Byte((byte)session.Version);
        record.UInt32(session.ExpirySeconds);
        Int64(session.DisconnectedAtMs);
        record.UInt32((uint)session.Subscriptions.Count);
        foreach (var subscription in session.Subscriptions.Values)
        {
            record.Text(subscription.Filter);
            record.Byte((byte)((int)subscription.Qos | (subscription.NoLocal ? 4 : 0) | (subscription.RetainAsPublished ? 8 : 0)));
            record.UInt32(subscription.Identifier);
        }

        Finish();
    }

    public void SessionEnd(long incarnation)
    {
        record.Byte((byte)StateRecord.SessionEnd);
        Int64(incarnation);
        Finish();
    }

    public void SessionMessage(long incarnation, in Delivery delivery, ushort packetId, bool isReleased)
    {
        record.Byte((byte)StateRecord.SessionMessage);
        Int64(incarnation);
        Int64(delivery.Sequence);
        record.UInt16(packetId);
        record.Byte((byte)(isReleased ? 1 : 0));
        record.Byte((byte)delivery.Qos);
        record.Byte((byte)(delivery.Retain ? 1 : 0));
        record.UInt16((ushort)(delivery.Identifiers?.Length ?? 0));
        foreach (var identifier in delivery.Identifiers ?? [])
            record.UInt32(identifier);
        if (!isReleased)
            Message(delivery.Message);
        Finish();
    }

    public void MessageState(long incarnation, long sequence, ushort packetId, bool isReleased)
    {
        record.Byte((byte)StateRecord.MessageState);
        Int64(incarnation);
        Int64(sequence);
        record.UInt16(packetId);
        record.Byte((byte)(isReleased ? 1 : 0));
        Finish();
    }

    public void MessagesDone(long incarnation, List<long> sequences)
    {
        record.Byte((byte)StateRecord.MessagesDone);
        Int64(incarnation);
        record.UInt32((uint)sequences.Count);
        foreach (var sequence in sequences)
            Int64(sequence);
        Finish();
    }

    public void InboundQos2(long incarnation, ICollection<ushort> packetIds)
    {
        record.Byte((byte)StateRecord.InboundQos2);
        Int64(incarnation);
        record.UInt32((uint)packetIds.Count);
        foreach (var id in packetIds)
            record.UInt16(id);
        Finish();
    }

    private void Message(PublishedMessage message)
    {
        record.Binary(message.TopicUtf8);
        record.Byte((byte)message.Qos);
        Int64(message.ExpiresAtMs);
        record.UInt32((uint)message.Properties.Length);
        record.Bytes(message.Properties);
        record.UInt32((uint)message.Payload.Length);
        record.Bytes(message.Payload);
    }

    private void Int64(long value)
    {
        Span<byte> span = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(span, value);
        record.Bytes(span);
    }

    private void Finish()
    {
        var needed = length + 8 + record.Length;
        if (bytes.Length < needed)
            Array.Resize(ref bytes, Math.Max(needed, bytes.Length * 2));
        StateJournal.WriteFrame(bytes.AsSpan(length), record.Written);
        record.Written.CopyTo(bytes.AsSpan(length + 8));
        length = needed;
        record.Clear();
    }
}
