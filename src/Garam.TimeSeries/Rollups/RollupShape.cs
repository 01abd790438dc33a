namespace Garam.TimeSeries.Rollups;

/// <summary>How the buckets of a series are written. On disk; never renumber.</summary>
internal enum RollupShape : byte
{
    /// <summary>One sample a bucket: the value alone.</summary>
    Single = 0,

    /// <summary>Decimals: first, and the others as small whole numbers relative to it.</summary>
    Scaled = 1,

    /// <summary>As <see cref="Scaled"/>, but the sums are no decimals and stand as a column of their own.</summary>
    ScaledPlainSum = 2,

    /// <summary>Five columns of doubles.</summary>
    Plain = 3,
}
