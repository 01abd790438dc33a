namespace Garam.Mqtt.Packets;

/// <summary>SUBACK or UNSUBACK as a client reads it (§3.9, §3.11).</summary>
internal sealed record SubackPacket(ushort PacketId, ReasonCode[] Reasons)
{
    /// <summary>Null when malformed.</summary>
    public static SubackPacket? Parse(ReadOnlySpan<byte> body, ProtocolVersion version)
    {
        var reader = new PacketReader(body);
        if (!reader.TryReadUInt16(out var id))
            return null;
        if (version == ProtocolVersion.V5 && (!reader.TryReadVariable(out var length) || !reader.TryReadSpan(length, out _)))
            return null;
        var reasons = new ReasonCode[reader.Rest.Length];
        for (var i = 0; i < reasons.Length; i++)
            reasons[i] = (ReasonCode)reader.Rest[i];
        return new SubackPacket(id, reasons);
    }
}
