namespace Garam.TimeSeries.Chunks;

/// <summary>Sizes of chunks.</summary>
internal static class Chunk
{
    public const byte Version = 1;

    /// <summary>
    /// Rows of a piece of the head: it bounds what a commit encodes again for a track that is still filling, and the
    /// uncompressed memory of a track (128 rows × 10 series = 11 KB).
    /// </summary>
    public const int HeadRows = 128;

    /// <summary>Rows of a closed block: column headers cost under 2 % of it, and a reader decodes it in some 10 µs.</summary>
    public const int ClosedRows = 1024;

    /// <summary>A rewritten block is split above this, so a late row does not split every full block it meets.</summary>
    public const int RewrittenRowsMax = ClosedRows + ClosedRows / 2;

    /// <summary>What a decoder accepts: bounds the memory a damaged length can ask for.</summary>
    public const int RowsMax = 4096;

    /// <summary>As <see cref="RowsMax"/>, for columns.</summary>
    public const int ColumnsMax = 65_536;
}
