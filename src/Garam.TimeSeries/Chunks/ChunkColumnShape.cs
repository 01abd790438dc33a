namespace Garam.TimeSeries.Chunks;

/// <summary>Which bitmaps stand before a column's values.</summary>
[Flags]
internal enum ChunkColumnShape : byte
{
    Full = 0,

    /// <summary>Not every row has a value: a bitmap of those that have.</summary>
    Sparse = 1,

    /// <summary>Some values are suspect: a bitmap of those.</summary>
    Suspects = 2,
}
