namespace Garam.TimeSeries.Rollups;

/// <summary>Sizes of stored rollups.</summary>
internal static class RollupChunk
{
    public const byte Version = 1;

    /// <summary>Buckets of a row on disk: a little over four hours of minutes. More would cost more at each continuation of the last row.</summary>
    public const int BucketsMax = 256;

    /// <summary>What a decoder accepts.</summary>
    public const int BucketsReadMax = 1024;
}
