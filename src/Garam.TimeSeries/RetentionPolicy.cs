namespace Garam.TimeSeries;

/// <summary>
/// How long samples and rollups are kept. Null keeps for ever. Data goes in whole UTC days: a day is deleted when its
/// end is older than the limit. Each level is kept at least as long as the finer one before it, so that a sample that
/// is still accepted can always be counted.
/// </summary>
/// <param name="Raw">Samples and texts.</param>
/// <param name="Minute">One-minute rollups.</param>
/// <param name="Hour">One-hour rollups.</param>
/// <param name="Day">One-day rollups.</param>
public sealed record RetentionPolicy(TimeSpan? Raw, TimeSpan? Minute, TimeSpan? Hour, TimeSpan? Day)
{
    /// <summary>Samples 90 days, minutes one year, hours five years, days for ever.</summary>
    public static RetentionPolicy Default { get; } =
        new(TimeSpan.FromDays(90), TimeSpan.FromDays(366), TimeSpan.FromDays(5 * 366), null);

    /// <summary>Nothing is ever deleted.</summary>
    public static RetentionPolicy Forever { get; } = new(null, null, null, null);

    /// <summary>Start of the oldest day kept at a level (0 = samples, 1 = minutes, 2 = hours, 3 = days), or the least time.</summary>
    internal long CutoffUs(int level, long nowUs)
    {
        TimeSpan? limit = TimeSpan.Zero;
        for (var i = 0; i <= level; i++)
        {
            var own = i switch { 0 => Raw, 1 => Minute, 2 => Hour, _ => Day };
            if (own is null) return long.MinValue;
            if (own > limit) limit = own;
        }

        return UtcTime.Floor(nowUs - limit.Value.Ticks / TimeSpan.TicksPerMicrosecond, UtcTime.DayUs);
    }
}
