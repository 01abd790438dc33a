namespace Garam.Platform.Notifications;

/// <summary>Some hours of some days in a time zone. Hours that go over midnight belong to the day they begin on.</summary>
/// <param name="Days">Null is every day.</param>
/// <param name="From">Time of day it begins.</param>
/// <param name="To">Time of day it ends, itself outside; equal to <paramref name="From"/> is the whole day.</param>
internal sealed record WeeklyHours(IReadOnlySet<DayOfWeek>? Days, TimeOnly From, TimeOnly To, TimeZoneInfo Zone)
{
    /// <param name="atUs">Unix microseconds.</param>
    public bool Covers(long atUs)
    {
        var local = TimeZoneInfo.ConvertTime(DateTimeOffset.UnixEpoch.AddTicks(atUs * 10), Zone);
        var time = TimeOnly.FromTimeSpan(local.TimeOfDay);
        var isMorningAfter = From > To && time < To;
        if (!isMorningAfter && From != To && (time < From || (From < To && time >= To)))
            return false;
        return Days?.Contains(isMorningAfter ? local.AddDays(-1).DayOfWeek : local.DayOfWeek) != false;
    }

    /// <summary>Reads <c>08:00-18:00</c>.</summary>
    public static bool TryParse(string text, out TimeOnly from, out TimeOnly to)
    {
        from = to = default;
        var parts = text.Split('-', StringSplitOptions.TrimEntries);
        return parts.Length == 2 && TryRead(parts[0], out from) && TryRead(parts[1], out to);
    }

    private static bool TryRead(string text, out TimeOnly time)
    {
        // 24:00 is how people write the end of a day.
        time = TimeOnly.MinValue;
        return text == "24:00"
            || TimeOnly.TryParseExact(text, "HH:mm", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out time);
    }
}
