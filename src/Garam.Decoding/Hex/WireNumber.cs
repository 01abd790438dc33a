using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Garam.Decoding.Hex;

/// <summary>Reads whole numbers of 1 to 8 bytes.</summary>
internal static class WireNumber
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Unsigned(ReadOnlySpan<byte> bytes, ByteOrder order)
    {
        if (order == ByteOrder.Big)
        {
            switch (bytes.Length)
            {
                case 1: return bytes[0];
                case 2: return BinaryPrimitives.ReadUInt16BigEndian(bytes);
                case 4: return BinaryPrimitives.ReadUInt32BigEndian(bytes);
            }
        }

        return Any(bytes, order);
    }

    public static long Signed(ReadOnlySpan<byte> bytes, ByteOrder order)
    {
        var unused = 64 - bytes.Length * 8;
        return (long)(Unsigned(bytes, order) << unused) >> unused;
    }

    private static ulong Any(ReadOnlySpan<byte> bytes, ByteOrder order)
    {
        var number = 0UL;
        switch (order)
        {
            case ByteOrder.Big:
                foreach (var next in bytes) number = (number << 8) | next;
                break;
            case ByteOrder.Little:
                for (var i = bytes.Length - 1; i >= 0; i--) number = (number << 8) | bytes[i];
                break;
            default:
                // Words from the last to the first; an odd byte at the front is a word of its own.
                for (var end = bytes.Length; end > 0; end -= 2)
                {
                    if (end > 1) number = (number << 8) | bytes[end - 2];
                    number = (number << 8) | bytes[end - 1];
                }

                break;
        }

        return number;
    }
}
