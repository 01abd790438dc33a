namespace Garam.Mqtt.Packets;

/// <summary>DISCONNECT (§3.14).</summary>
internal readonly record struct DisconnectPacket(ReasonCode Reason, uint? SessionExpiry)
{
    public static ReasonCode TryParse(ReadOnlySpan<byte> body, ProtocolVersion version, out DisconnectPacket packet)
    {
        packet = default;
        if (body.IsEmpty)
            return ReasonCode.Success;
        if (version != ProtocolVersion.V5)
            return ReasonCode.MalformedPacket;
        var reader = new PacketReader(body);
        reader.TryReadByte(out var reason);
        uint? expiry = null;
        if (!reader.IsAtEnd)
        {
            if (!reader.TryReadVariable(out var length) || !reader.TryReadSpan(length, out var block) || !reader.IsAtEnd)
                return ReasonCode.MalformedPacket;
            var properties = new PropertyReader(block, PropertySets.Disconnect);
            while (properties.TryNext(out var property))
                if (property.Id == PropertyId.SessionExpiryInterval)
                    expiry = property.Number;
            if (properties.Error != ReasonCode.Success)
                return properties.Error;
        }

        packet = new DisconnectPacket((ReasonCode)reason, expiry);
        return ReasonCode.Success;
    }
}
