namespace Garam.TimeSeries.Chunks;

/// <summary>
/// Decodes a chunk that may be damaged: everything answers false instead of throwing, and nothing is sized by a number
/// read before the checksum was right and the number in bounds.
/// </summary>
internal readonly ref struct ChunkReader
{
    private readonly ReadOnlySpan<byte> times;
    private readonly ReadOnlySpan<byte> columns;
    private readonly int columnCount;

    private ChunkReader(int rows, ReadOnlySpan<byte> times, int columnCount, ReadOnlySpan<byte> columns)
    {
        Rows = rows;
        this.times = times;
        this.columnCount = columnCount;
        this.columns = columns;
    }

    public int Rows { get; }

    public static bool TryOpen(ReadOnlySpan<byte> bytes, out ChunkReader reader)
    {
        reader = default;
        var source = new ByteSource(bytes);
        if (source.Byte() != Chunk.Version) return false;
        var checksum = source.UInt32();
        if (source.Failed || checksum != Crc32C.Of(bytes[source.Position..])) return false;
        var rows = source.Count(Chunk.RowsMax);
        var times = source.Bytes(source.Count(bytes.Length));
        var columnCount = source.Count(Chunk.ColumnsMax);
        if (source.Failed || rows == 0) return false;
        reader = new ChunkReader(rows, times, columnCount, bytes[source.Position..]);
        return true;
    }

    /// <summary>Times of all rows; <paramref name="target"/> is <see cref="Rows"/> long.</summary>
    public bool TryReadTimes(Span<long> target)
    {
        var source = new ByteSource(times);
        return TimeColumn.Read(ref source, target);
    }

    /// <summary>
    /// The column's cells, absent where the row has none; all absent when the chunk lacks the column.
    /// <paramref name="suspects"/> is cleared and filled too.
    /// </summary>
    public bool TryReadColumn(int column, Span<double> cells, Span<bool> suspects, ChunkScratch scratch)
    {
        var source = new ByteSource(columns);
        for (var i = 0; i < columnCount; i++)
        {
            var ordinal = source.Count(Chunk.ColumnsMax);
            var shape = (ChunkColumnShape)source.Byte();
            var body = source.Bytes(source.Count(columns.Length));
            if (source.Failed) return false;
            if (ordinal == column) return TryReadCells(shape, body, cells, suspects, scratch);
        }

        cells.Fill(Cell.Absent);
        suspects.Clear();
        return true;
    }

    /// <summary>All rows and columns, appended to <paramref name="target"/>, which is widened as needed.</summary>
    public bool TryReadAll(RowBuffer target, ChunkScratch scratch)
    {
        scratch.Ensure(Rows);
        var rowTimes = scratch.Times.AsSpan(0, Rows);
        if (!TryReadTimes(rowTimes)) return false;
        if (target.Count > 0 && target.LastTime >= rowTimes[0]) return false;
        var first = target.Count;
        target.EnsureCapacity(first + Rows);
        foreach (var time in rowTimes) target.Add(time);

        var source = new ByteSource(columns);
        for (var i = 0; i < columnCount; i++)
        {
            var ordinal = source.Count(Chunk.ColumnsMax);
            var shape = (ChunkColumnShape)source.Byte();
            var body = source.Bytes(source.Count(columns.Length));
            // A track's column is known before a row has it: an unknown one is damage, and must not widen the buffer.
            if (source.Failed || ordinal >= target.Columns) return false;
            var cells = scratch.Cells.AsSpan(0, Rows);
            var suspects = scratch.Suspects.AsSpan(0, Rows);
            if (!TryReadCells(shape, body, cells, suspects, scratch)) return false;
            for (var row = 0; row < Rows; row++)
                if (!Cell.IsAbsent(cells[row])) target.Set(first + row, ordinal, cells[row], suspects[row]);
        }

        return true;
    }

    private bool TryReadCells(
        ChunkColumnShape shape, ReadOnlySpan<byte> body, Span<double> cells, Span<bool> suspects, ChunkScratch scratch)
    {
        if (shape > (ChunkColumnShape.Sparse | ChunkColumnShape.Suspects)) return false;
        scratch.Ensure(Rows);
        var source = new ByteSource(body);
        var present = scratch.Present.AsSpan(0, Rows);
        var values = Rows;
        if ((shape & ChunkColumnShape.Sparse) != 0)
        {
            if (!BitSet.Read(ref source, present)) return false;
            values = present.Count(true);
        }

        suspects.Clear();
        if ((shape & ChunkColumnShape.Suspects) != 0 && !BitSet.Read(ref source, suspects)) return false;
        if (values == 0 || !ValueColumn.Read(body[source.Position..], cells[..values], scratch.Whole)) return false;
        if (values == Rows) return true;
        for (var row = Rows - 1; row >= 0; row--) cells[row] = present[row] ? cells[--values] : Cell.Absent;
        return true;
    }
}
