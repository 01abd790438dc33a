using System.Buffers.Binary;

namespace Garam.TimeSeries.Chunks;

/// <summary>
/// Reads what <see cref="ByteSink"/> wrote. Bytes are never trusted: past the end every read gives zero and
/// <see cref="Failed"/> stays set, so a decoder checks once where it matters instead of after each field.
/// </summary>
internal ref struct ByteSource(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> data = data;

    public int Position { get; private set; }

    public bool Failed { get; private set; }

    public readonly int Remaining => data.Length - Position;

    public void Fail() => Failed = true;

    public byte Byte()
    {
        if (Position < data.Length) return data[Position++];
        Failed = true;
        return 0;
    }

    public ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var b = Byte();
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80) return value;
        }

        Failed = true;
        return 0;
    }

    public long ZigZag() => Chunks.ZigZag.Decode(Varint());

    /// <summary>A count or length that must not exceed <paramref name="max"/>.</summary>
    public int Count(int max)
    {
        var value = Varint();
        if (value <= (ulong)max) return (int)value;
        Failed = true;
        return 0;
    }

    public uint UInt32()
    {
        var bytes = Bytes(4);
        return bytes.IsEmpty ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    public ulong UInt64()
    {
        var bytes = Bytes(8);
        return bytes.IsEmpty ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    /// <summary>The next <paramref name="count"/> bytes, or none (and failed) when they are not there.</summary>
    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (count < 0 || count > Remaining)
        {
            Failed = true;
            return default;
        }

        var span = data.Slice(Position, count);
        Position += count;
        return span;
    }
}
