using System.Numerics;

namespace Garam.TimeSeries.Chunks;

/// <summary>
/// Doubles as the XOR with the one before, after Pelkonen et al., "Gorilla: A Fast, Scalable, In-Memory Time Series
/// Database" (VLDB 2015), section 4.1.2: one bit for the same value; else the meaningful bits, in the window of the
/// value before when they fit it. Takes any bit pattern.
/// </summary>
internal static class XorValues
{
    private const int LeadingMax = 31;

    public static void Write(ByteSink sink, ReadOnlySpan<double> values)
    {
        var bits = new BitSink(sink);
        var previous = BitConverter.DoubleToUInt64Bits(values[0]);
        bits.Write(previous, 64);
        int leading = -1, length = 0;
        foreach (var value in values[1..])
        {
            var current = BitConverter.DoubleToUInt64Bits(value);
            var xor = current ^ previous;
            previous = current;
            if (xor == 0)
            {
                bits.Write(0, 1);
                continue;
            }

            var xorLeading = Math.Min(LeadingMax, BitOperations.LeadingZeroCount(xor));
            var trailing = BitOperations.TrailingZeroCount(xor);
            if (leading >= 0 && xorLeading >= leading && trailing >= 64 - leading - length)
            {
                bits.Write(0b01, 2);
                bits.Write(xor >> (64 - leading - length), length);
                continue;
            }

            leading = xorLeading;
            length = 64 - leading - trailing;
            bits.Write(0b11, 2);
            bits.Write((ulong)leading, 5);
            bits.Write((ulong)(length - 1), 6);
            bits.Write(xor >> trailing, length);
        }

        bits.Finish();
    }

    public static bool Read(ReadOnlySpan<byte> data, Span<double> values)
    {
        var bits = new BitSource(data);
        var previous = bits.Read(64);
        values[0] = BitConverter.UInt64BitsToDouble(previous);
        int leading = 0, length = 0;
        for (var i = 1; i < values.Length; i++)
        {
            if (bits.Read(1) != 0)
            {
                if (bits.Read(1) != 0)
                {
                    leading = (int)bits.Read(5);
                    length = (int)bits.Read(6) + 1;
                }

                if (length == 0 || leading + length > 64) return false;
                previous ^= bits.Read(length) << (64 - leading - length);
            }

            if (bits.Failed) return false;
            values[i] = BitConverter.UInt64BitsToDouble(previous);
        }

        return !bits.Failed;
    }
}
