using System.Text;
using Garam.Mqtt.Topics;

namespace Garam.Mqtt.Packets;

/// <summary>CONNECT (§3.1).</summary>
internal sealed class ConnectPacket
{
    public ProtocolVersion Version { get; private set; }

    /// <summary>Clean Session in MQTT 3.1.1.</summary>
    public bool CleanStart { get; private set; }

    /// <summary>Seconds; zero switches keep-alive off.</summary>
    public ushort KeepAlive { get; private set; }

    public string ClientId { get; private set; } = "";

    public string? UserName { get; private set; }

    public byte[]? Password { get; private set; }

    public WillPart? Will { get; private set; }

    /// <summary>Seconds; 0xFFFFFFFF never expires (§3.1.2.11.2).</summary>
    public uint SessionExpiry { get; private set; }

    public ushort ReceiveMaximum { get; private set; } = ushort.MaxValue;

    public ushort TopicAliasMaximum { get; private set; }

    public uint MaximumPacketSize { get; private set; } = uint.MaxValue;

    public bool WantsProblemInformation { get; private set; } = true;

    public string? AuthenticationMethod { get; private set; }

    /// <summary>
    /// Parses the bytes after the fixed header. <paramref name="packet"/> is null when not even the protocol could be recognised:
    /// then the connection is closed without an answer (§3.1.2.1).
    /// </summary>
    public static ReasonCode TryParse(ReadOnlySpan<byte> body, out ConnectPacket? packet)
    {
        packet = null;
        var reader = new PacketReader(body);
        if (!reader.TryReadBinary(out var name) || !reader.TryReadByte(out var level))
            return ReasonCode.MalformedPacket;
        if (name.SequenceEqual("MQIsdp"u8))
        {
            packet = new ConnectPacket { Version = ProtocolVersion.V311 };
            return ReasonCode.UnsupportedProtocolVersion;
        }

        if (!name.SequenceEqual("MQTT"u8))
            return ReasonCode.UnsupportedProtocolVersion;
        packet = new ConnectPacket { Version = level < 5 ? ProtocolVersion.V311 : ProtocolVersion.V5 };
        if (level is not (4 or 5))
            return ReasonCode.UnsupportedProtocolVersion;
        return packet.Read(ref reader);
    }

    private ReasonCode Read(ref PacketReader reader)
    {
        if (!reader.TryReadByte(out var flags) || !reader.TryReadUInt16(out var keepAlive))
            return ReasonCode.MalformedPacket;
        var hasWill = (flags & 0x04) != 0;
        var willQos = (QualityOfService)(flags >> 3 & 3);
        var hasPassword = (flags & 0x40) != 0;
        var hasUserName = (flags & 0x80) != 0;
        if ((flags & 1) != 0 || willQos > QualityOfService.ExactlyOnce || !hasWill && (flags & 0x38) != 0)
            return ReasonCode.MalformedPacket; // [MQTT-3.1.2-3], [MQTT-3.1.2-11] to [MQTT-3.1.2-13]
        if (Version == ProtocolVersion.V311 && hasPassword && !hasUserName)
            return ReasonCode.MalformedPacket; // 3.1.1 [MQTT-3.1.2-22]
        CleanStart = (flags & 2) != 0;
        KeepAlive = keepAlive;
        // Clean Session 0 in 3.1.1 means a session without end (MQTT 5 §3.1.2.11.2).
        SessionExpiry = Version == ProtocolVersion.V311 && !CleanStart ? uint.MaxValue : 0;
        if (Version == ProtocolVersion.V5)
        {
            var reason = ReadProperties(ref reader);
            if (reason != ReasonCode.Success)
                return reason;
        }

        if (!reader.TryReadText(out var clientId))
            return ReasonCode.MalformedPacket;
        ClientId = Encoding.UTF8.GetString(clientId);
        if (hasWill)
        {
            var reason = ReadWill(ref reader, willQos, (flags & 0x20) != 0);
            if (reason != ReasonCode.Success)
                return reason;
        }

        if (hasUserName)
        {
            if (!reader.TryReadText(out var userName))
                return ReasonCode.MalformedPacket;
            UserName = Encoding.UTF8.GetString(userName);
        }

        if (hasPassword)
        {
            if (!reader.TryReadBinary(out var password))
                return ReasonCode.MalformedPacket;
            Password = password.ToArray();
        }

        return reader.IsAtEnd ? ReasonCode.Success : ReasonCode.MalformedPacket;
    }

    private ReasonCode ReadProperties(ref PacketReader reader)
    {
        if (!reader.TryReadVariable(out var length) || !reader.TryReadSpan(length, out var block))
            return ReasonCode.MalformedPacket;
        var hasAuthenticationData = false;
        var properties = new PropertyReader(block, PropertySets.Connect);
        while (properties.TryNext(out var property))
        {
            switch (property.Id)
            {
                case PropertyId.SessionExpiryInterval:
                    SessionExpiry = property.Number;
                    break;
                case PropertyId.ReceiveMaximum when property.Number == 0:
                case PropertyId.MaximumPacketSize when property.Number == 0:
                case PropertyId.RequestProblemInformation when property.Number > 1:
                case PropertyId.RequestResponseInformation when property.Number > 1:
                    return ReasonCode.ProtocolError;
                case PropertyId.ReceiveMaximum:
                    ReceiveMaximum = (ushort)property.Number;
                    break;
                case PropertyId.MaximumPacketSize:
                    MaximumPacketSize = property.Number;
                    break;
                case PropertyId.TopicAliasMaximum:
                    TopicAliasMaximum = (ushort)property.Number;
                    break;
                case PropertyId.RequestProblemInformation:
                    WantsProblemInformation = property.Number == 1;
                    break;
                case PropertyId.AuthenticationMethod:
                    AuthenticationMethod = Encoding.UTF8.GetString(property.Bytes);
                    break;
                case PropertyId.AuthenticationData:
                    hasAuthenticationData = true;
                    break;
            }
        }

        if (properties.Error == ReasonCode.Success && hasAuthenticationData && AuthenticationMethod is null)
            return ReasonCode.ProtocolError; // §3.1.2.11.10
        return properties.Error;
    }

    private ReasonCode ReadWill(ref PacketReader reader, QualityOfService qos, bool retain)
    {
        uint delay = 0;
        uint? expiry = null;
        var kept = new PacketBuffer(64);
        if (Version == ProtocolVersion.V5)
        {
            if (!reader.TryReadVariable(out var length) || !reader.TryReadSpan(length, out var block))
                return ReasonCode.MalformedPacket;
            var properties = new PropertyReader(block, PropertySets.Will);
            while (properties.TryNext(out var property))
            {
                if (property.Id == PropertyId.WillDelayInterval)
                    delay = property.Number;
                else if (property.Id == PropertyId.MessageExpiryInterval)
                    expiry = property.Number;
                else if (property.Id == PropertyId.PayloadFormatIndicator && property.Number > 1
                    || property.Id == PropertyId.ResponseTopic && !TopicName.IsName(property.Bytes))
                    return ReasonCode.ProtocolError;
                else
                    kept.Bytes(property.Encoded);
            }

            if (properties.Error != ReasonCode.Success)
                return properties.Error;
        }

        if (!reader.TryReadText(out var topic) || !reader.TryReadBinary(out var payload))
            return ReasonCode.MalformedPacket;
        if (!TopicName.IsName(topic))
            return ReasonCode.TopicNameInvalid;
        Will = new WillPart(Encoding.UTF8.GetString(topic), payload.ToArray(), qos, retain, delay, expiry, kept.Written.ToArray());
        return ReasonCode.Success;
    }
}
