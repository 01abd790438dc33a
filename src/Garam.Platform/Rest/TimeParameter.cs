using System.Globalization;
using Garam.Platform.Configuration;

namespace Garam.Platform.Rest;

/// <summary>Times in queries: ISO 8601 with offset, Unix milliseconds, <c>now</c>, or relative to now as <c>-1h</c>.</summary>
public static class TimeParameter
{
    /// <summary>Reads a time as Unix microseconds.</summary>
    public static bool TryParse(string text, DateTimeOffset now, out long us)
    {
        us = 0;
        text = text.Trim();
        if (text.Length == 0 || text.Length > 64)
            return false;
        if (text == "now")
        {
            us = ToUs(now);
            return true;
        }

        if (text[0] == '-' && DurationText.TryParse(text[1..], out var back))
        {
            us = ToUs(now) - (back.Ticks / 10);
            return true;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ms) && ms < 253_402_300_800_000)
        {
            us = ms * 1000;
            return true;
        }

        // Without an offset a time is ambiguous; AssumeUniversal keeps the answer the same on every machine.
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return false;
        us = ToUs(time);
        return true;
    }

    /// <summary>ISO 8601 in UTC with milliseconds, or microseconds where there are any.</summary>
    public static string Format(long us)
    {
        var time = DateTimeOffset.UnixEpoch.AddTicks(us * 10);
        return time.ToString(us % 1000 == 0 ? "yyyy-MM-ddTHH:mm:ss.fffZ" : "yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
    }

    public static long ToUs(DateTimeOffset time) => (time.UtcTicks - DateTime.UnixEpoch.Ticks) / 10;
}
