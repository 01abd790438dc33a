namespace Garam.TimeSeries.Chunks;

/// <summary>Encodes rows as one chunk (docs/formats/timeseries.md). Keeps its scratch between calls; used by one thread at a time.</summary>
internal sealed class ChunkWriter
{
    private readonly ByteSink body = new();
    private long[] whole = new long[Chunk.ClosedRows];
    private double[] present = new double[Chunk.ClosedRows];
    private bool[] flags = new bool[Chunk.ClosedRows];

    public void Write(ByteSink sink, RowBuffer rows, int from, int count)
    {
        EnsureScratch(count);
        sink.Byte(Chunk.Version);
        var checksumAt = sink.Length;
        sink.UInt32(0);
        sink.Varint((ulong)count);
        body.Clear();
        TimeColumn.Write(body, rows.Times.Slice(from, count), whole);
        WriteBody(sink);

        var columns = 0;
        for (var column = 0; column < rows.Columns; column++)
            if (Gather(rows, from, count, column) > 0) columns++;
        sink.Varint((ulong)columns);
        for (var column = 0; column < rows.Columns; column++) WriteColumn(sink, rows, from, count, column);
        sink.PatchUInt32(checksumAt, Crc32C.Of(sink.Written[(checksumAt + 4)..]));
    }

    private void WriteColumn(ByteSink sink, RowBuffer rows, int from, int count, int column)
    {
        var values = Gather(rows, from, count, column);
        if (values == 0) return;
        body.Clear();
        var shape = ChunkColumnShape.Full;
        if (values < count)
        {
            shape |= ChunkColumnShape.Sparse;
            for (var i = 0; i < count; i++) flags[i] = !Cell.IsAbsent(rows[from + i, column]);
            BitSet.Write(body, flags.AsSpan(0, count));
        }

        if (AnySuspect(rows, from, count, column))
        {
            shape |= ChunkColumnShape.Suspects;
            for (var i = 0; i < count; i++) flags[i] = rows.IsSuspect(from + i, column);
            BitSet.Write(body, flags.AsSpan(0, count));
        }

        ValueColumn.Write(body, present.AsSpan(0, values), whole);
        sink.Varint((ulong)column);
        sink.Byte((int)shape);
        WriteBody(sink);
    }

    private void WriteBody(ByteSink sink)
    {
        sink.Varint((ulong)body.Length);
        sink.Bytes(body.Written);
    }

    private int Gather(RowBuffer rows, int from, int count, int column)
    {
        var values = 0;
        for (var row = from; row < from + count; row++)
        {
            var value = rows[row, column];
            if (!Cell.IsAbsent(value)) present[values++] = value;
        }

        return values;
    }

    private static bool AnySuspect(RowBuffer rows, int from, int count, int column)
    {
        if (!rows.HasSuspects) return false;
        for (var row = from; row < from + count; row++)
            if (rows.IsSuspect(row, column)) return true;
        return false;
    }

    private void EnsureScratch(int count)
    {
        if (count <= whole.Length) return;
        whole = new long[count];
        present = new double[count];
        flags = new bool[count];
    }
}
