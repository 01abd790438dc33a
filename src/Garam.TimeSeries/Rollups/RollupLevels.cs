namespace Garam.TimeSeries.Rollups;

/// <summary>The levels, finest first, and their widths.</summary>
internal static class RollupLevels
{
    public static readonly RollupLevel[] All = [RollupLevel.Minute, RollupLevel.Hour, RollupLevel.Day];

    public static long WidthUs(this RollupLevel level) => level switch
    {
        RollupLevel.Minute => UtcTime.MinuteUs,
        RollupLevel.Hour => UtcTime.HourUs,
        _ => UtcTime.DayUs,
    };

    /// <summary>The coarsest level whose buckets make up a step exactly; null when only samples do.</summary>
    public static RollupLevel? Dividing(long stepUs)
    {
        for (var i = All.Length - 1; i >= 0; i--)
            if (stepUs % All[i].WidthUs() == 0) return All[i];
        return null;
    }
}
