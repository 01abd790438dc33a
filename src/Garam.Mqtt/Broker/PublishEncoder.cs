using System.Buffers;
using System.Buffers.Binary;
using Garam.Mqtt.Packets;
using Garam.Mqtt.Sessions;

namespace Garam.Mqtt.Broker;

/// <summary>Writes an outgoing PUBLISH straight into a pipe (§3.3).</summary>
internal static class PublishEncoder
{
    // Beyond this a pipe would have to rent a buffer of its own; the payload is then copied piece by piece.
    private const int ContiguousMax = 2048;

    /// <summary>Remaining length of the packet.</summary>
    public static uint BodySize(in Delivery delivery, in PublishVariables variables)
    {
        var size = 2 + (variables.OmitTopic ? 0 : delivery.Message.TopicUtf8.Length) + delivery.Message.Payload.Length;
        if (delivery.Qos != QualityOfService.AtMostOnce)
            size += 2;
        if (variables.Version == ProtocolVersion.V5)
        {
            var properties = PropertiesSize(delivery, variables);
            size += VariableByteInteger.Size((uint)properties) + properties;
        }

        return (uint)size;
    }

    /// <summary>Writes the packet; returns its whole size.</summary>
    public static int Write(IBufferWriter<byte> target, in Delivery delivery, in PublishVariables variables, uint bodySize)
    {
        var total = 1 + VariableByteInteger.Size(bodySize) + (int)bodySize;
        var payload = delivery.Message.Payload;
        if (total <= ContiguousMax)
        {
            var span = target.GetSpan(total);
            var head = WriteHead(span, delivery, variables, bodySize);
            payload.CopyTo(span[head..]);
            target.Advance(total);
            return total;
        }

        var headSize = total - payload.Length;
        var rented = ArrayPool<byte>.Shared.Rent(headSize);
        WriteHead(rented, delivery, variables, bodySize);
        target.Write(rented.AsSpan(0, headSize));
        target.Write(payload);
        ArrayPool<byte>.Shared.Return(rented);
        return total;
    }

    private static int WriteHead(Span<byte> span, in Delivery delivery, in PublishVariables variables, uint bodySize)
    {
        var message = delivery.Message;
        span[0] = (byte)(0x30 | (variables.Duplicate ? 8 : 0) | (int)delivery.Qos << 1 | (delivery.Retain ? 1 : 0));
        var at = 1 + VariableByteInteger.Write(span[1..], bodySize);
        var topic = variables.OmitTopic ? [] : message.TopicUtf8;
        BinaryPrimitives.WriteUInt16BigEndian(span[at..], (ushort)topic.Length);
        topic.CopyTo(span[(at + 2)..]);
        at += 2 + topic.Length;
        if (delivery.Qos != QualityOfService.AtMostOnce)
        {
            BinaryPrimitives.WriteUInt16BigEndian(span[at..], variables.PacketId);
            at += 2;
        }

        return variables.Version == ProtocolVersion.V5 ? at + WriteProperties(span[at..], delivery, variables) : at;
    }

    private static int PropertiesSize(in Delivery delivery, in PublishVariables variables)
    {
        var size = delivery.Message.Properties.Length;
        if (variables.TopicAlias != 0)
            size += 3;
        if (variables.MessageExpiry is not null)
            size += 5;
        foreach (var identifier in delivery.Identifiers ?? [])
            size += 1 + VariableByteInteger.Size(identifier);
        return size;
    }

    private static int WriteProperties(Span<byte> span, in Delivery delivery, in PublishVariables variables)
    {
        var at = VariableByteInteger.Write(span, (uint)PropertiesSize(delivery, variables));
        if (variables.TopicAlias != 0)
        {
            span[at] = (byte)PropertyId.TopicAlias;
            BinaryPrimitives.WriteUInt16BigEndian(span[(at + 1)..], variables.TopicAlias);
            at += 3;
        }

        if (variables.MessageExpiry is { } expiry)
        {
            span[at] = (byte)PropertyId.MessageExpiryInterval;
            BinaryPrimitives.WriteUInt32BigEndian(span[(at + 1)..], expiry);
            at += 5;
        }

        foreach (var identifier in delivery.Identifiers ?? [])
        {
            span[at] = (byte)PropertyId.SubscriptionIdentifier;
            at += 1 + VariableByteInteger.Write(span[(at + 1)..], identifier);
        }

        delivery.Message.Properties.CopyTo(span[at..]);
        return at + delivery.Message.Properties.Length;
    }
}
