using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Garam.Mqtt.Packets;

/// <summary>
/// A growing byte buffer that packets are written into: properties and bodies first, so that the lengths before them are known.
/// Reused for the life of a connection. Not thread-safe.
/// </summary>
internal sealed class PacketBuffer(int capacity = 256)
{
    private byte[] bytes = new byte[capacity];

    public int Length { get; private set; }

    public bool IsEmpty => Length == 0;

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    public ReadOnlyMemory<byte> WrittenMemory => bytes.AsMemory(0, Length);

    public void Clear() => Length = 0;

    public void Byte(byte value) => Take(1)[0] = value;

    public void UInt16(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Take(2), value);

    public void UInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Take(4), value);

    public void Variable(uint value) => VariableByteInteger.Write(Take(VariableByteInteger.Size(value)), value);

    public void Bytes(ReadOnlySpan<byte> value) => value.CopyTo(Take(value.Length));

    /// <summary>Binary data with its two-byte length; longer than 65,535 is the caller's bug.</summary>
    public void Binary(ReadOnlySpan<byte> value)
    {
        UInt16(checked((ushort)value.Length));
        Bytes(value);
    }

    public void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        UInt16(checked((ushort)length));
        Encoding.UTF8.GetBytes(value, Take(length));
    }

    public void Property(PropertyId id, byte value)
    {
        Byte((byte)id);
        Byte(value);
    }

    public void Property(PropertyId id, ushort value)
    {
        Byte((byte)id);
        UInt16(value);
    }

    public void Property(PropertyId id, uint value)
    {
        Byte((byte)id);
        UInt32(value);
    }

    public void Property(PropertyId id, string value)
    {
        Byte((byte)id);
        Text(value);
    }

    /// <summary>First byte and remaining length in front of a body that is already complete.</summary>
    public void Packet(PacketType type, byte flags, ReadOnlySpan<byte> body)
    {
        Byte((byte)((byte)type << 4 | flags));
        Variable((uint)body.Length);
        Bytes(body);
    }

    /// <summary>PUBACK, PUBREC, PUBREL or PUBCOMP: four bytes, five with a reason under MQTT 5 (§3.4.2.1).</summary>
    public void Acknowledgement(PacketType type, ushort packetId, ReasonCode reason, ProtocolVersion version)
    {
        var withReason = reason != ReasonCode.Success && version == ProtocolVersion.V5;
        var target = Take(withReason ? 5 : 4);
        target[0] = (byte)((byte)type << 4 | (type == PacketType.Pubrel ? 2 : 0));
        target[1] = withReason ? (byte)3 : (byte)2;
        BinaryPrimitives.WriteUInt16BigEndian(target[2..], packetId);
        if (withReason)
            target[4] = (byte)reason;
    }

    private Span<byte> Take(int count)
    {
        if (bytes.Length - Length < count)
            Array.Resize(ref bytes, (int)Math.Max((uint)(Length + count), (uint)bytes.Length * 2));
        var span = bytes.AsSpan(Length, count);
        Length += count;
        return span;
    }
}
