using System.Buffers;

namespace Garam.Decoding.Hex;

/// <summary>
/// Payloads of bytes that come as text, <c>0x01A2…</c>. A payload is text when it begins with <c>0x</c> (or <c>0X</c>) and holds printable
/// ASCII only, blanks and line ends at the end aside; then anything but pairs of hexadecimal digits is an error, so that a typing error never
/// becomes a reading. A binary frame that happens to read so (its first bytes 30 78, then only 20..7E) would be taken for text; a device with
/// such frames needs a framing that says otherwise.
/// </summary>
internal static class HexText
{
    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    /// <summary>The payload's bytes: itself, or what its text stands for, in the output's working memory.</summary>
    public static DecodeError Read(ReadOnlySpan<byte> payload, DecodeOutput output, out ReadOnlySpan<byte> bytes)
    {
        bytes = payload;
        if (payload.Length < 3 || payload[0] != '0' || (payload[1] | 0x20) != 'x') return default;
        var digits = payload[2..].TrimEnd(" \t\r\n"u8);
        if (digits.IndexOfAnyExceptInRange((byte)' ', (byte)'~') >= 0) return default;
        var wrong = digits.IndexOfAnyExcept(Digits);
        if (wrong >= 0) return new DecodeError(DecodeErrorCode.InvalidHexText, 2 + wrong);
        if (digits.Length == 0 || digits.Length % 2 != 0) return new DecodeError(DecodeErrorCode.InvalidHexText, payload.Length);
        var target = output.Scratch(digits.Length / 2);
        Convert.FromHexString(digits, target, out _, out var written);
        bytes = target[..written];
        return default;
    }
}
