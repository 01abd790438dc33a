using System.Globalization;
using Garam.Web.Visits;

namespace Garam.Web.Figures;

/// <summary>Times for people, in their zone.</summary>
internal static class Moment
{
    private const long SecondUs = 1_000_000;
    private const long MinuteUs = 60 * SecondUs;
    private const long HourUs = 60 * MinuteUs;

    /// <summary>Younger than this is now.</summary>
    private const long NowUs = 2 * SecondUs;

    /// <summary>For machines: the datetime of a time element.</summary>
    public static string Iso(long us) => Platform.Rest.TimeParameter.Format(us);

    /// <summary>Relative up to an hour, then absolute.</summary>
    public static string Age(long us, Visit visit)
    {
        var age = Math.Max(0, visit.NowUs - us);
        return age switch
        {
            < NowUs => visit["time.now"],
            < MinuteUs => visit["time.seconds", age / SecondUs],
            < HourUs => visit["time.minutes", age / MinuteUs],
            _ => Full(us, visit),
        };
    }

    public static string Full(long us, Visit visit) => Local(us, visit).ToString(DateForm(visit.Culture) + " HH:mm:ss", visit.Culture);

    public static string Clock(long us, Visit visit) => Local(us, visit).ToString("HH:mm:ss", visit.Culture);

    /// <summary>Reads a time with an offset, or what a date field gives: the reader's own clock.</summary>
    public static bool TryParse(string? text, Visit visit, out long us)
    {
        us = 0;
        if (text is null || !DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time))
            return false;
        if (time.Kind == DateTimeKind.Unspecified)
            time = visit.Zone.IsInvalidTime(time) ? TimeZoneInfo.ConvertTimeToUtc(time.AddHours(1), visit.Zone) : TimeZoneInfo.ConvertTimeToUtc(time, visit.Zone);
        us = (time.ToUniversalTime() - DateTime.UnixEpoch).Ticks / 10;
        return true;
    }

    public static DateTime Local(long us, Visit visit) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.UnixEpoch.AddTicks(us * 10), visit.Zone);

    private static string DateForm(CultureInfo culture) => culture.DateTimeFormat.ShortDatePattern;
}
