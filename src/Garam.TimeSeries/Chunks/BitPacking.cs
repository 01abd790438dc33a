using System.Buffers.Binary;

namespace Garam.TimeSeries.Chunks;

/// <summary>Numbers of one bit width, least significant bit first, no padding between them; the last byte is zero-filled.</summary>
internal static class BitPacking
{
    public static int Bytes(int count, int width) => (int)(((long)count * width + 7) / 8);

    public static ulong Mask(int width) => width >= 64 ? ulong.MaxValue : (1UL << width) - 1;

    /// <summary>Writes the low <paramref name="width"/> bits (0..64) of each value; <paramref name="target"/> is exactly sized.</summary>
    public static void Pack(ReadOnlySpan<ulong> values, int width, Span<byte> target)
    {
        if (width == 0) return;
        var mask = Mask(width);
        ulong pending = 0;
        int filled = 0, at = 0;
        foreach (var value in values)
        {
            var bits = value & mask;
            pending |= bits << filled;
            filled += width;
            if (filled < 64) continue;
            BinaryPrimitives.WriteUInt64LittleEndian(target[at..], pending);
            at += 8;
            filled -= 64;
            pending = filled == 0 ? 0 : bits >> (width - filled);
        }

        for (; filled > 0; filled -= 8)
        {
            target[at++] = (byte)pending;
            pending >>= 8;
        }
    }

    /// <summary>Reads back; <paramref name="source"/> has <see cref="Bytes"/> bytes.</summary>
    public static void Unpack(ReadOnlySpan<byte> source, int width, Span<ulong> values)
    {
        if (width == 0)
        {
            values.Clear();
            return;
        }

        var mask = Mask(width);
        long bit = 0;
        for (var i = 0; i < values.Length; i++, bit += width)
        {
            var at = (int)(bit >> 3);
            var shift = (int)(bit & 7);
            ulong value;
            if (at + 8 <= source.Length)
            {
                value = BinaryPrimitives.ReadUInt64LittleEndian(source[at..]) >> shift;
                if (shift + width > 64) value |= (ulong)source[at + 8] << (64 - shift);
            }
            else
            {
                value = Tail(source[at..]) >> shift;
            }

            values[i] = value & mask;
        }
    }

    private static ulong Tail(ReadOnlySpan<byte> last)
    {
        ulong value = 0;
        for (var i = 0; i < last.Length; i++) value |= (ulong)last[i] << (8 * i);
        return value;
    }
}
