using System.Buffers.Binary;

namespace Garam.Mqtt.Packets;

/// <summary>Reads the data types of MQTT 5 §1.5 off a span. Every read says whether there was enough; nothing is thrown.</summary>
internal ref struct PacketReader(ReadOnlySpan<byte> source)
{
    private ReadOnlySpan<byte> rest = source;

    public readonly ReadOnlySpan<byte> Rest => rest;

    public readonly bool IsAtEnd => rest.IsEmpty;

    public bool TryReadByte(out byte value)
    {
        if (rest.IsEmpty)
        {
            value = 0;
            return false;
        }

        value = rest[0];
        rest = rest[1..];
        return true;
    }

    public bool TryReadUInt16(out ushort value)
    {
        if (!BinaryPrimitives.TryReadUInt16BigEndian(rest, out value))
            return false;
        rest = rest[2..];
        return true;
    }

    public bool TryReadUInt32(out uint value)
    {
        if (!BinaryPrimitives.TryReadUInt32BigEndian(rest, out value))
            return false;
        rest = rest[4..];
        return true;
    }

    public bool TryReadVariable(out uint value)
    {
        var length = VariableByteInteger.Read(rest, out value);
        if (length <= 0)
            return false;
        rest = rest[length..];
        return true;
    }

    public bool TryReadSpan(uint length, out ReadOnlySpan<byte> value)
    {
        if (length > (uint)rest.Length)
        {
            value = default;
            return false;
        }

        value = rest[..(int)length];
        rest = rest[(int)length..];
        return true;
    }

    /// <summary>Binary data with its two-byte length (§1.5.6).</summary>
    public bool TryReadBinary(out ReadOnlySpan<byte> value)
    {
        value = default;
        return TryReadUInt16(out var length) && TryReadSpan(length, out value);
    }

    /// <summary>A UTF-8 string, checked (§1.5.4).</summary>
    public bool TryReadText(out ReadOnlySpan<byte> utf8) => TryReadBinary(out utf8) && MqttText.IsValid(utf8);
}
