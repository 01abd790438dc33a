namespace Garam.Mqtt.Packets;

/// <summary>PUBACK, PUBREC, PUBREL or PUBCOMP (§3.4 to §3.7).</summary>
internal readonly record struct AcknowledgementPacket(ushort PacketId, ReasonCode Reason)
{
    public static ReasonCode TryParse(ReadOnlySpan<byte> body, ProtocolVersion version, out AcknowledgementPacket packet)
    {
        packet = default;
        var reader = new PacketReader(body);
        if (!reader.TryReadUInt16(out var id) || id == 0)
            return ReasonCode.MalformedPacket;
        byte reason = 0;
        if (!reader.IsAtEnd)
        {
            if (version != ProtocolVersion.V5)
                return ReasonCode.MalformedPacket;
            reader.TryReadByte(out reason);
            if (!reader.IsAtEnd)
            {
                if (!reader.TryReadVariable(out var length) || !reader.TryReadSpan(length, out var block) || !reader.IsAtEnd)
                    return ReasonCode.MalformedPacket;
                var properties = new PropertyReader(block, PropertySets.Acknowledgement);
                while (properties.TryNext(out _))
                {
                }

                if (properties.Error != ReasonCode.Success)
                    return properties.Error;
            }
        }

        packet = new AcknowledgementPacket(id, (ReasonCode)reason);
        return ReasonCode.Success;
    }
}
