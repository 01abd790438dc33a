using System.Globalization;

namespace Garam.Platform.Ingress;

/// <summary>How a TCP listener cuts its stream into payloads: <c>line</c>, <c>length16</c>, <c>length32</c>, <c>fixed: N</c>, <c>delimiter: 0x…</c>.</summary>
public sealed record TcpFraming(TcpFramingKind Kind, int FixedLength, byte[] Delimiter)
{
    private const int DelimiterBytesMax = 8;

    public static readonly TcpFraming Line = new(TcpFramingKind.Line, 0, []);

    /// <summary>Reads a framing; returns what is wrong with it, empty when nothing.</summary>
    public static string TryParse(string text, out TcpFraming framing)
    {
        framing = Line;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = (colon < 0 ? text : text[..colon]).Trim();
        var value = colon < 0 ? "" : text[(colon + 1)..].Trim();
        switch (name)
        {
            case "line" when colon < 0:
                return "";
            case "length16" when colon < 0:
                framing = new TcpFraming(TcpFramingKind.Length16, 0, []);
                return "";
            case "length32" when colon < 0:
                framing = new TcpFraming(TcpFramingKind.Length32, 0, []);
                return "";
            case "fixed" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length is > 0 and <= 65_536:
                framing = new TcpFraming(TcpFramingKind.Fixed, length, []);
                return "";
            case "delimiter" when TryHex(value, out var delimiter):
                framing = new TcpFraming(TcpFramingKind.Delimiter, 0, delimiter);
                return "";
            default:
                return $"'{text}' is no framing. Use line, length16, length32, fixed: N (1 to 65536) or delimiter: 0x… (1 to {DelimiterBytesMax} bytes).";
        }
    }

    private static bool TryHex(string text, out byte[] bytes)
    {
        bytes = [];
        if (!text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) || text.Length < 4 || text.Length % 2 != 0)
            return false;
        try
        {
            bytes = Convert.FromHexString(text.AsSpan(2));
            return bytes.Length <= DelimiterBytesMax;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
