using System.Buffers.Binary;

namespace Garam.TimeSeries.Chunks;

/// <summary>
/// One column of doubles in the cheapest of four codings, lossless to the last bit. The bytes run to the end of their
/// slice: whoever contains a column gives its length.
/// </summary>
internal static class ValueColumn
{
    /// <summary>Above this a decimal column is compared with XOR: below it XOR has never been seen to win.</summary>
    private const int XorWorthTryingBytesPerValue = 3;

    public static void Write(ByteSink sink, ReadOnlySpan<double> values, Span<long> scratch)
    {
        var start = sink.Length;
        var isDecimal = DecimalForm.TryScale(values, scratch, out var form);
        if (isDecimal)
        {
            sink.Byte((int)ValueCoding.Decimal);
            sink.Byte(form.ToByte());
            PackedIntegers.Write(sink, scratch[..values.Length]);
            if (sink.Length - start <= 16 + values.Length * XorWorthTryingBytesPerValue) return;
        }
        else if (IsConstant(values))
        {
            sink.Byte((int)ValueCoding.Constant);
            sink.UInt64(BitConverter.DoubleToUInt64Bits(values[0]));
            return;
        }

        var decimalEnd = sink.Length;
        sink.Byte((int)ValueCoding.Xor);
        XorValues.Write(sink, values);
        var xorBytes = sink.Length - decimalEnd;
        if (isDecimal && xorBytes >= decimalEnd - start)
        {
            sink.Truncate(decimalEnd);
            return;
        }

        if (xorBytes <= 8 * values.Length)
        {
            // XOR won over the decimal column before it: move it to the front.
            if (decimalEnd > start) Replace(sink, start, decimalEnd, xorBytes);
            return;
        }

        sink.Truncate(start);
        sink.Byte((int)ValueCoding.Raw);
        foreach (var value in values) sink.UInt64(BitConverter.DoubleToUInt64Bits(value));
    }

    public static bool Read(ReadOnlySpan<byte> data, Span<double> values, Span<long> scratch)
    {
        if (data.IsEmpty) return false;
        var body = data[1..];
        switch ((ValueCoding)data[0])
        {
            case ValueCoding.Constant:
                if (body.Length != 8) return false;
                values.Fill(BinaryPrimitives.ReadDoubleLittleEndian(body));
                return true;
            case ValueCoding.Decimal:
                return ReadDecimal(body, values, scratch);
            case ValueCoding.Xor:
                return XorValues.Read(body, values);
            case ValueCoding.Raw:
                if (body.Length != 8 * values.Length) return false;
                for (var i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadDoubleLittleEndian(body[(8 * i)..]);
                return true;
            default:
                return false;
        }
    }

    private static bool ReadDecimal(ReadOnlySpan<byte> body, Span<double> values, Span<long> scratch)
    {
        var source = new ByteSource(body);
        if (!DecimalForm.TryParse(source.Byte(), out var form)) return false;
        var whole = scratch[..values.Length];
        if (!PackedIntegers.Read(ref source, whole)) return false;
        form.Values(whole, values);
        return true;
    }

    private static void Replace(ByteSink sink, int start, int from, int count)
    {
        var bytes = sink.Written.Slice(from, count).ToArray();
        sink.Truncate(start);
        sink.Bytes(bytes);
    }

    private static bool IsConstant(ReadOnlySpan<double> values)
    {
        var first = BitConverter.DoubleToUInt64Bits(values[0]);
        foreach (var value in values)
            if (BitConverter.DoubleToUInt64Bits(value) != first) return false;
        return true;
    }
}
