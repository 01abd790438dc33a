namespace Garam.Decoding.Text;

/// <summary>
/// Times as messages write them, to microseconds since 1970 UTC: ISO 8601 with <c>T</c> or a blank, any number of fraction digits (beyond
/// microseconds they are cut), an offset or <c>Z</c>; without an offset it is UTC, so the result never depends on the machine.
/// </summary>
internal static class IsoTime
{
    /// <summary>Numbers below are seconds, from here on milliseconds: 10^11 s is the year 5138, 10^11 ms is March 1973.</summary>
    public const double SecondsMax = 1e11;

    private const long UsPerSecond = 1_000_000;
    private const long UsPerDay = 86_400 * UsPerSecond;

    // Years 1 to 9999, the range of every calendar a reading may meet later.
    private const long SecondsLow = -62_135_596_800;
    private const long SecondsHigh = 253_402_300_799;

    /// <summary>Whether a text is worth trying as ISO 8601: digits and then a dash.</summary>
    public static bool Looks(ReadOnlySpan<byte> text)
    {
        text = text.Trim(" "u8);
        return text.Length >= 10 && text[4] == '-';
    }

    public static bool TryFromUnix(double raw, bool milliseconds, out long us)
    {
        us = 0;
        var seconds = milliseconds ? raw / 1_000 : raw;
        if (!(seconds >= SecondsLow && seconds <= SecondsHigh)) return false;
        us = milliseconds ? (long)Math.Round(raw * 1_000) : (long)Math.Round(raw * UsPerSecond);
        return true;
    }

    public static bool TryParse(ReadOnlySpan<byte> text, out long us)
    {
        us = 0;
        text = text.Trim(" "u8);
        if (text.Length < 10 || text[4] != '-' || text[7] != '-') return false;
        if (!Digits(text[..4], out var year) || !Digits(text.Slice(5, 2), out var month) || !Digits(text.Slice(8, 2), out var day)) return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        us = (new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
        text = text[10..];
        if (text.IsEmpty) return true;
        if (text[0] is not ((byte)'T' or (byte)'t' or (byte)' ')) return false;
        return TryTime(text[1..], out var timeUs, out var rest) && TryOffset(rest, out var offsetUs) && InRange(us += timeUs - offsetUs);
    }

    private static bool InRange(long us) => us >= SecondsLow * UsPerSecond && us <= SecondsHigh * UsPerSecond;

    private static bool TryTime(ReadOnlySpan<byte> text, out long us, out ReadOnlySpan<byte> rest)
    {
        us = 0;
        rest = default;
        if (text.Length < 5 || text[2] != ':' || !Digits(text[..2], out var hour) || !Digits(text.Slice(3, 2), out var minute)) return false;
        var second = 0;
        rest = text[5..];
        if (rest.Length > 0 && rest[0] == ':')
        {
            if (rest.Length < 3 || !Digits(rest.Slice(1, 2), out second)) return false;
            rest = rest[3..];
        }

        // A leap second (60) counts as the first second of the next minute.
        if (hour > 23 || minute > 59 || second > 60) return false;
        us = ((hour * 60L + minute) * 60 + second) * UsPerSecond;
        if (rest.Length > 1 && rest[0] is (byte)'.' or (byte)',')
        {
            var unit = UsPerSecond / 10;
            rest = rest[1..];
            if (rest[0] is < (byte)'0' or > (byte)'9') return false;
            while (rest.Length > 0 && rest[0] is >= (byte)'0' and <= (byte)'9')
            {
                us += (rest[0] - '0') * unit;
                unit /= 10;
                rest = rest[1..];
            }
        }

        return us < UsPerDay + UsPerSecond * 61;
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, out long us)
    {
        us = 0;
        if (text.IsEmpty || text is [(byte)'Z'] or [(byte)'z']) return true;
        if (text[0] is not ((byte)'+' or (byte)'-') || text.Length is not (3 or 5 or 6)) return false;
        var minutes = 0;
        if (!Digits(text.Slice(1, 2), out var hours)) return false;
        if (text.Length > 3 && (!Digits(text[^2..], out minutes) || (text.Length == 6 && text[3] != ':'))) return false;
        if (hours > 18 || minutes > 59) return false;
        us = (hours * 60L + minutes) * 60 * UsPerSecond;
        if (text[0] == '-') us = -us;
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9') return false;
            number = number * 10 + (digit - '0');
        }

        return true;
    }
}
