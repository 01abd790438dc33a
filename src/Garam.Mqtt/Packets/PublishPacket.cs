using Garam.Mqtt.Topics;

namespace Garam.Mqtt.Packets;

/// <summary>PUBLISH (§3.3) as a view into the received bytes. The topic's text is not checked here: a topic cache does that once.</summary>
internal ref struct PublishPacket
{
    public QualityOfService Qos;
    public bool Retain;
    public bool Duplicate;
    public ushort PacketId;
    public ReadOnlySpan<byte> TopicUtf8;
    public ReadOnlySpan<byte> Properties;
    public ReadOnlySpan<byte> Payload;

    /// <summary>Zero when absent; a zero alias on the wire is refused by the parser.</summary>
    public ushort TopicAlias;

    /// <summary>Seconds; null when absent.</summary>
    public uint? MessageExpiry;

    /// <summary>Parses the bytes after the fixed header. Anything but success ends the connection with that reason.</summary>
    public static ReasonCode TryParse(byte flags, ReadOnlySpan<byte> body, ProtocolVersion version, bool fromServer, out PublishPacket packet)
    {
        packet = default;
        packet.Qos = (QualityOfService)(flags >> 1 & 3);
        packet.Retain = (flags & 1) != 0;
        packet.Duplicate = (flags & 8) != 0;
        if (packet.Qos > QualityOfService.ExactlyOnce || packet.Qos == 0 && packet.Duplicate)
            return ReasonCode.MalformedPacket; // [MQTT-3.3.1-2], [MQTT-3.3.1-4]
        var reader = new PacketReader(body);
        if (!reader.TryReadBinary(out packet.TopicUtf8))
            return ReasonCode.MalformedPacket;
        if (packet.Qos != 0)
        {
            if (!reader.TryReadUInt16(out packet.PacketId))
                return ReasonCode.MalformedPacket;
            if (packet.PacketId == 0)
                return ReasonCode.ProtocolError; // [MQTT-2.2.1-2]
        }

        if (version == ProtocolVersion.V5)
        {
            if (!reader.TryReadVariable(out var length) || !reader.TryReadSpan(length, out packet.Properties))
                return ReasonCode.MalformedPacket;
            if (length != 0)
            {
                var reason = packet.ReadProperties(fromServer);
                if (reason != ReasonCode.Success)
                    return reason;
            }
        }

        packet.Payload = reader.Rest;
        return ReasonCode.Success;
    }

    private ReasonCode ReadProperties(bool fromServer)
    {
        var properties = new PropertyReader(Properties, fromServer ? PropertySets.PublishFromServer : PropertySets.Publish);
        while (properties.TryNext(out var property))
        {
            switch (property.Id)
            {
                case PropertyId.TopicAlias when property.Number == 0:
                    return ReasonCode.TopicAliasInvalid; // [MQTT-3.3.2-8]
                case PropertyId.TopicAlias:
                    TopicAlias = (ushort)property.Number;
                    break;
                case PropertyId.MessageExpiryInterval:
                    MessageExpiry = property.Number;
                    break;
                case PropertyId.PayloadFormatIndicator when property.Number > 1:
                case PropertyId.ResponseTopic when !TopicName.IsName(property.Bytes): // [MQTT-3.3.2-14]
                case PropertyId.SubscriptionIdentifier when property.Number == 0:
                    return ReasonCode.ProtocolError;
            }
        }

        return properties.Error;
    }
}
