using System.Text;
using Garam.Mqtt.Packets;
using Garam.Mqtt.Sessions;

namespace Garam.Mqtt.Persistence;

/// <summary>The state as the journal's records build it up, before it becomes sessions and retained messages.</summary>
internal sealed class StateImage
{
    public Dictionary<string, PublishedMessage> Retained { get; } = new(StringComparer.Ordinal);

    public Dictionary<long, SessionImage> Sessions { get; } = [];

    /// <summary>Highest incarnation ever named.</summary>
    public long LastIncarnation { get; private set; }

    /// <summary>Records that were whole but made no sense; a newer minor writer, or a bug.</summary>
    public int Unreadable { get; private set; }

    public void Apply(ReadOnlySpan<byte> record)
    {
        var reader = new PacketReader(record[1..]);
        var understood = (StateRecord)record[0] switch
        {
            StateRecord.RetainedSet => RetainedSet(ref reader),
            StateRecord.RetainedClear => RetainedClear(ref reader),
            StateRecord.SessionHead => SessionHead(ref reader),
            StateRecord.SessionEnd => SessionEnd(ref reader),
            StateRecord.SessionMessage => SessionMessage(ref reader),
            StateRecord.MessageState => MessageState(ref reader),
            StateRecord.MessagesDone => MessagesDone(ref reader),
            StateRecord.InboundQos2 => InboundQos2(ref reader),
            _ => false,
        };
        if (!understood)
            Unreadable++;
    }

    private bool RetainedSet(ref PacketReader reader)
    {
        if (ReadMessage(ref reader, retain: true) is not { } message)
            return false;
        if (Retained.Remove(message.Topic, out var old))
            old.Release();
        Retained[message.Topic] = message;
        return true;
    }

    private bool RetainedClear(ref PacketReader reader)
    {
        if (!reader.TryReadBinary(out var topic))
            return false;
        if (Retained.Remove(Encoding.UTF8.GetString(topic), out var old))
            old.Release();
        return true;
    }

    private bool SessionHead(ref PacketReader reader)
    {
        if (!TryReadInt64(ref reader, out var incarnation) || !reader.TryReadBinary(out var clientId)
            || !reader.TryReadByte(out var version) || !reader.TryReadUInt32(out var expiry)
            || !TryReadInt64(ref reader, out var disconnectedAt) || !reader.TryReadUInt32(out var count))
            return false;
        LastIncarnation = Math.Max(LastIncarnation, incarnation);
        if (!Sessions.TryGetValue(incarnation, out var session))
            Sessions.Add(incarnation, session = new SessionImage(incarnation, Encoding.UTF8.GetString(clientId)));
        session.Version = (ProtocolVersion)version;
        session.ExpirySeconds = expiry;
        session.DisconnectedAtMs = disconnectedAt;
        session.Subscriptions.Clear();
        for (uint i = 0; i < count; i++)
        {
            if (!reader.TryReadBinary(out var filter) || !reader.TryReadByte(out var options) || !reader.TryReadUInt32(out var identifier))
                return false;
            session.Subscriptions.Add((Encoding.UTF8.GetString(filter), options, identifier));
        }

        return true;
    }

    private bool SessionEnd(ref PacketReader reader)
    {
        if (!TryReadInt64(ref reader, out var incarnation))
            return false;
        if (Sessions.Remove(incarnation, out var session))
            session.Release();
        return true;
    }

    private bool SessionMessage(ref PacketReader reader)
    {
        if (!TryReadSession(ref reader, out var session) || !TryReadInt64(ref reader, out var sequence)
            || !reader.TryReadUInt16(out var packetId) || !reader.TryReadByte(out var released) || !reader.TryReadByte(out var qos)
            || !reader.TryReadByte(out var retain) || !reader.TryReadUInt16(out var count))
            return false;
        uint[]? identifiers = null;
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadUInt32(out var identifier))
                return false;
            (identifiers ??= new uint[count])[i] = identifier;
        }

        var message = released == 0 ? ReadMessage(ref reader, retain: false) : null;
        if (released == 0 && message is null)
            return false;
        session.Put(new Delivery
        {
            Message = message!, Sequence = sequence, Qos = (QualityOfService)qos, Retain = retain != 0, Identifiers = identifiers,
            IsJournaled = true,
        }, packetId, released != 0);
        return true;
    }

    private bool MessageState(ref PacketReader reader)
    {
        if (!TryReadSession(ref reader, out var session) || !TryReadInt64(ref reader, out var sequence)
            || !reader.TryReadUInt16(out var packetId) || !reader.TryReadByte(out var released))
            return false;
        session.SetState(sequence, packetId, released != 0);
        return true;
    }

    private bool MessagesDone(ref PacketReader reader)
    {
        if (!TryReadSession(ref reader, out var session) || !reader.TryReadUInt32(out var count))
            return false;
        for (uint i = 0; i < count; i++)
        {
            if (!TryReadInt64(ref reader, out var sequence))
                return false;
            session.Remove(sequence);
        }

        return true;
    }

    private bool InboundQos2(ref PacketReader reader)
    {
        if (!TryReadSession(ref reader, out var session) || !reader.TryReadUInt32(out var count))
            return false;
        session.InboundQos2.Clear();
        for (uint i = 0; i < count; i++)
        {
            if (!reader.TryReadUInt16(out var id))
                return false;
            session.InboundQos2.Add(id);
        }

        return true;
    }

    private bool TryReadSession(ref PacketReader reader, out SessionImage session)
    {
        session = null!;
        return TryReadInt64(ref reader, out var incarnation) && Sessions.TryGetValue(incarnation, out session!);
    }

    private static PublishedMessage? ReadMessage(ref PacketReader reader, bool retain)
    {
        if (!reader.TryReadBinary(out var topic) || !reader.TryReadByte(out var qos) || !TryReadInt64(ref reader, out var expiresAt)
            || !reader.TryReadUInt32(out var propertiesLength) || !reader.TryReadSpan(propertiesLength, out var properties)
            || !reader.TryReadUInt32(out var payloadLength) || !reader.TryReadSpan(payloadLength, out var payload))
            return null;
        return PublishedMessage.Create(
            Encoding.UTF8.GetString(topic), topic.ToArray(), properties, payload, (QualityOfService)qos, retain, expiresAt);
    }

    private static bool TryReadInt64(ref PacketReader reader, out long value)
    {
        var isRead = reader.TryReadUInt32(out var high) & reader.TryReadUInt32(out var low);
        value = (long)((ulong)high << 32 | low);
        return isRead;
    }
}
