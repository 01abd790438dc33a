namespace Garam.TimeSeries.Rollups;

/// <summary>A stored bucket width. The numbers are on disk.</summary>
internal enum RollupLevel
{
    Minute = 1,
    Hour = 2,
    Day = 3,
}
