namespace Garam.Platform.Ingress;

/// <summary>Tells a CSV header line from data: names only, no number and no JSON or hex.</summary>
internal static class CsvHeaderLine
{
    /// <summary>
    /// True when the line has at least two fields by comma, semicolon or tab and every field begins with a letter (or a quote and a
    /// letter). A row of data has a number or a time in it.
    /// </summary>
    public static bool Is(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty || line[0] is (byte)'{' or (byte)'[')
            return false;
        var separator = line.IndexOfAny(",;\t"u8);
        if (separator <= 0)
            return false;
        var delimiter = line[separator];
        while (true)
        {
            var end = line.IndexOf(delimiter);
            var field = (end < 0 ? line : line[..end]).Trim(" \""u8);
            if (field.IsEmpty || !(char.IsAsciiLetter((char)field[0]) || field[0] == '_' || field[0] >= 0x80) || IsWordOfData(field))
                return false;
            if (end < 0)
                return true;
            line = line[(end + 1)..];
        }
    }

    private static bool IsWordOfData(ReadOnlySpan<byte> field) =>
        field.SequenceEqual("true"u8) || field.SequenceEqual("false"u8) || field.SequenceEqual("null"u8) || field.SequenceEqual("NaN"u8);
}
