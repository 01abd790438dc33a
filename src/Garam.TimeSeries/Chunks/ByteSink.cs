using System.Buffers.Binary;

namespace Garam.TimeSeries.Chunks;

/// <summary>A growing byte buffer that an encoder writes into and reuses.</summary>
internal sealed class ByteSink
{
    private byte[] buffer = new byte[1024];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => buffer.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Truncate(int length) => Length = length;

    public Span<byte> Reserve(int bytes)
    {
        if (buffer.Length - Length < bytes) Array.Resize(ref buffer, Math.Max(buffer.Length * 2, Length + bytes));
        var span = buffer.AsSpan(Length, bytes);
        Length += bytes;
        return span;
    }

    public void Byte(int value)
    {
        if (Length == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
        buffer[Length++] = (byte)value;
    }

    public void Varint(ulong value)
    {
        while (value >= 0x80)
        {
            Byte((int)(value | 0x80));
            value >>= 7;
        }

        Byte((int)value);
    }

    public void ZigZag(long value) => Varint(Chunks.ZigZag.Encode(value));

    public void UInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Reserve(4), value);

    public void UInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Reserve(8), value);

    public void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    public void PatchUInt32(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(buffer.AsSpan(at, 4), value);
}
