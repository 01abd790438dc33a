namespace Garam.TimeSeries;

/// <summary>Times of the store: microseconds since the Unix epoch, UTC, years 1 to 9999.</summary>
public static class UtcTime
{
    /// <summary>Microseconds of a second.</summary>
    public const long SecondUs = 1_000_000;

    /// <summary>Microseconds of a minute.</summary>
    public const long MinuteUs = 60 * SecondUs;

    /// <summary>Microseconds of an hour.</summary>
    public const long HourUs = 60 * MinuteUs;

    /// <summary>Microseconds of a day.</summary>
    public const long DayUs = 24 * HourUs;

    /// <summary>Least time a sample may have: 0001-01-01.</summary>
    public const long MinUs = -62_135_596_800 * SecondUs;

    /// <summary>Greatest time a sample may have: 9999-12-31.</summary>
    public const long MaxUs = 253_402_300_800 * SecondUs - 1;

    /// <summary>The store's time of a moment.</summary>
    public static long From(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>The moment of a store's time.</summary>
    public static DateTimeOffset ToDateTimeOffset(long timeUs) => DateTimeOffset.UnixEpoch.AddTicks(timeUs * TimeSpan.TicksPerMicrosecond);

    /// <summary>Start of the step-long interval, counted from the epoch, that holds this time.</summary>
    public static long Floor(long timeUs, long stepUs)
    {
        var rest = timeUs % stepUs;
        return timeUs - (rest < 0 ? rest + stepUs : rest);
    }
}
