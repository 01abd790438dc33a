using System.Text;

namespace Garam.Mqtt.Packets;

/// <summary>SUBSCRIBE (§3.8).</summary>
internal sealed class SubscribePacket
{
    public ushort PacketId { get; private init; }

    /// <summary>Zero when absent.</summary>
    public uint Identifier { get; private set; }

    public List<SubscribeEntry> Entries { get; } = [];

    public static ReasonCode TryParse(ReadOnlySpan<byte> body, ProtocolVersion version, out SubscribePacket packet)
    {
        var reader = new PacketReader(body);
        if (!reader.TryReadUInt16(out var id) || id == 0)
        {
            packet = new SubscribePacket();
            return ReasonCode.MalformedPacket;
        }

        packet = new SubscribePacket { PacketId = id };
        if (version == ProtocolVersion.V5)
        {
            if (!reader.TryReadVariable(out var length) || !reader.TryReadSpan(length, out var block))
                return ReasonCode.MalformedPacket;
            var properties = new PropertyReader(block, PropertySets.Subscribe);
            while (properties.TryNext(out var property))
            {
                if (property.Id != PropertyId.SubscriptionIdentifier)
                    continue;
                if (property.Number == 0)
                    return ReasonCode.ProtocolError; // §3.8.2.1.2
                packet.Identifier = property.Number;
            }

            if (properties.Error != ReasonCode.Success)
                return properties.Error;
        }

        if (reader.IsAtEnd)
            return ReasonCode.ProtocolError; // [MQTT-3.8.3-2]
        while (!reader.IsAtEnd)
        {
            var reason = packet.ReadEntry(ref reader, version);
            if (reason != ReasonCode.Success)
                return reason;
        }

        return ReasonCode.Success;
    }

    private ReasonCode ReadEntry(ref PacketReader reader, ProtocolVersion version)
    {
        if (!reader.TryReadText(out var filter) || !reader.TryReadByte(out var options))
            return ReasonCode.MalformedPacket;
        var qos = (QualityOfService)(options & 3);
        var retain = (RetainHandling)(options >> 4 & 3);
        var reserved = version == ProtocolVersion.V5 ? 0xC0 : 0xFC;
        if (qos > QualityOfService.ExactlyOnce || (options & reserved) != 0 || retain > RetainHandling.Never)
            return ReasonCode.MalformedPacket; // [MQTT-3.8.3-5]
        Entries.Add(new SubscribeEntry(Encoding.UTF8.GetString(filter), qos, (options & 4) != 0, (options & 8) != 0, retain));
        return ReasonCode.Success;
    }
}
