using System.Buffers;
using Garam.Decoding.Text;

namespace Garam.Decoding.Json;

/// <summary>Passes over values that nobody wants, and checks them: what is skipped must be JSON too.</summary>
internal static class JsonSkip
{
    /// <summary>What ends a run of plain letters in a string: its quote, an escape, or a control character, which may not stand there.</summary>
    public static readonly SearchValues<byte> StringEnds = SearchValues.Create(
        [(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(control => (byte)control)]);

    /// <summary>Moves behind the value that begins here; the code tells why that cannot be done.</summary>
    public static DecodeErrorCode Value(ReadOnlySpan<byte> data, ref int at, int depth)
    {
        if (depth > DecodingLimits.JsonDepthMax) return DecodeErrorCode.TooDeep;
        if (at >= data.Length) return DecodeErrorCode.InvalidJson;
        switch (data[at])
        {
            case (byte)'"':
                at++;
                return String(data, ref at);
            case (byte)'{':
            case (byte)'[':
                return Container(data, ref at, depth);
            case (byte)'t':
                return Word(data, ref at, "true"u8);
            case (byte)'f':
                return Word(data, ref at, "false"u8);
            case (byte)'n':
                return Word(data, ref at, "null"u8);
            default:
                var form = NumberText.ReadJson(data[at..], out var length, out _, out _);
                if (form == NumberForm.None) return DecodeErrorCode.InvalidJson;
                at += length;
                return DecodeErrorCode.None;
        }
    }

    /// <summary>Moves behind a string whose opening quote is taken.</summary>
    private static DecodeErrorCode String(ReadOnlySpan<byte> data, ref int at)
    {
        while (true)
        {
            var rest = data[at..];
            var end = rest.IndexOfAny(StringEnds);
            if (end < 0 || rest[end] is not ((byte)'"' or (byte)'\\')) return DecodeErrorCode.InvalidJson;
            at += end + 1;
            if (rest[end] == '"') return DecodeErrorCode.None;
            if (!JsonEscapes.TrySkip(data, ref at)) return DecodeErrorCode.InvalidJson;
        }
    }

    private static DecodeErrorCode Container(ReadOnlySpan<byte> data, ref int at, int depth)
    {
        var isObject = data[at] == '{';
        var close = isObject ? (byte)'}' : (byte)']';
        at++;
        if (Takes(data, ref at, close)) return DecodeErrorCode.None;
        while (true)
        {
            if (isObject)
            {
                if (!Takes(data, ref at, (byte)'"')) return DecodeErrorCode.InvalidJson;
                var key = String(data, ref at);
                if (key != DecodeErrorCode.None) return key;
                if (!Takes(data, ref at, (byte)':')) return DecodeErrorCode.InvalidJson;
            }

            SkipBlanks(data, ref at);
            var value = Value(data, ref at, depth + 1);
            if (value != DecodeErrorCode.None) return value;
            if (Takes(data, ref at, (byte)',')) continue;
            return Takes(data, ref at, close) ? DecodeErrorCode.None : DecodeErrorCode.InvalidJson;
        }
    }

    private static DecodeErrorCode Word(ReadOnlySpan<byte> data, ref int at, ReadOnlySpan<byte> word)
    {
        if (!data[at..].StartsWith(word)) return DecodeErrorCode.InvalidJson;
        at += word.Length;
        return DecodeErrorCode.None;
    }

    private static bool Takes(ReadOnlySpan<byte> data, ref int at, byte expected)
    {
        SkipBlanks(data, ref at);
        if (at >= data.Length || data[at] != expected) return false;
        at++;
        return true;
    }

    private static void SkipBlanks(ReadOnlySpan<byte> data, ref int at)
    {
        while (at < data.Length && data[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') at++;
    }
}
