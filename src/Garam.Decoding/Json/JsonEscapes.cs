using System.Globalization;
using System.Text;

namespace Garam.Decoding.Json;

/// <summary>The escapes of JSON strings.</summary>
internal static class JsonEscapes
{
    /// <summary>Passes over what follows a backslash.</summary>
    public static bool TrySkip(ReadOnlySpan<byte> data, ref int at)
    {
        if (at >= data.Length) return false;
        switch (data[at++])
        {
            case (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t':
                return true;
            case (byte)'u' when TryUnit(data, at, out _):
                at += 4;
                return true;
            default:
                return false;
        }
    }

    /// <summary>
    /// Writes a string out; its opening quote is taken. A lone half of a surrogate pair becomes U+FFFD, as browsers have it: a reading is
    /// not lost over a text.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> data, scoped ref int at, DecodeOutput output, out ReadOnlySpan<byte> text)
    {
        text = default;
        var target = output.Scratch(data.Length - at);
        var length = 0;
        while (at < data.Length)
        {
            var next = data[at++];
            switch (next)
            {
                case (byte)'"':
                    text = target[..length];
                    return true;
                case < 0x20:
                    return false;
                case (byte)'\\':
                    if (!TryEscape(data, ref at, target, ref length)) return false;
                    break;
                default:
                    target[length++] = next;
                    break;
            }
        }

        return false;
    }

    private static bool TryEscape(ReadOnlySpan<byte> data, ref int at, Span<byte> target, ref int length)
    {
        if (at >= data.Length) return false;
        var letter = data[at++];
        var plain = letter switch
        {
            (byte)'"' or (byte)'\\' or (byte)'/' => letter,
            (byte)'b' => (byte)'\b',
            (byte)'f' => (byte)'\f',
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            _ => (byte)0,
        };
        if (plain != 0)
        {
            target[length++] = plain;
            return true;
        }

        if (letter != 'u' || !TryUnit(data, at, out var unit)) return false;
        at += 4;
        if (char.IsHighSurrogate(unit) && at + 6 <= data.Length && data[at] == '\\' && data[at + 1] == 'u'
            && TryUnit(data, at + 2, out var low) && char.IsLowSurrogate(low))
        {
            at += 6;
            length += new Rune(unit, low).EncodeToUtf8(target[length..]);
            return true;
        }

        // Six bytes of escape became at most three of text, so the target is always long enough.
        var rune = Rune.TryCreate(unit, out var single) ? single : Rune.ReplacementChar;
        length += rune.EncodeToUtf8(target[length..]);
        return true;
    }

    private static bool TryUnit(ReadOnlySpan<byte> data, int at, out char unit)
    {
        unit = '\0';
        if (at + 4 > data.Length) return false;
        if (!ushort.TryParse(data.Slice(at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)) return false;
        unit = (char)number;
        return true;
    }
}
