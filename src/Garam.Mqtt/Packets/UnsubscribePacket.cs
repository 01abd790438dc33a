using System.Text;

namespace Garam.Mqtt.Packets;

/// <summary>UNSUBSCRIBE (§3.10).</summary>
internal sealed class UnsubscribePacket
{
    public ushort PacketId { get; private init; }

    public List<string> Filters { get; } = [];

    public static ReasonCode TryParse(ReadOnlySpan<byte> body, ProtocolVersion version, out UnsubscribePacket packet)
    {
        var reader = new PacketReader(body);
        if (!reader.TryReadUInt16(out var id) || id == 0)
        {
            packet = new UnsubscribePacket();
            return ReasonCode.MalformedPacket;
        }

        packet = new UnsubscribePacket { PacketId = id };
        if (version == ProtocolVersion.V5)
        {
            if (!reader.TryReadVariable(out var length) || !reader.TryReadSpan(length, out var block))
                return ReasonCode.MalformedPacket;
            var properties = new PropertyReader(block, PropertySets.Unsubscribe);
            while (properties.TryNext(out _))
            {
            }

            if (properties.Error != ReasonCode.Success)
                return properties.Error;
        }

        if (reader.IsAtEnd)
            return ReasonCode.ProtocolError; // [MQTT-3.10.3-2]
        while (!reader.IsAtEnd)
        {
            if (!reader.TryReadText(out var filter))
                return ReasonCode.MalformedPacket;
            packet.Filters.Add(Encoding.UTF8.GetString(filter));
        }

        return ReasonCode.Success;
    }
}
