using Garam.TimeSeries.Chunks;

namespace Garam.TimeSeries.Head;

/// <summary>The newest value of each series of a track, by column.</summary>
internal sealed class NewestCells
{
    private long[] times;
    private double[] values;
    private bool[]? suspects;

    public NewestCells(int columns)
    {
        times = new long[columns];
        values = new double[columns];
        values.AsSpan().Fill(Cell.Absent);
    }

    public int Columns => values.Length;

    public long Time(int column) => times[column];

    public double Value(int column) => values[column];

    public bool IsSuspect(int column) => suspects is not null && suspects[column];

    public void Set(int column, long time, double value, bool suspect)
    {
        times[column] = time;
        values[column] = value;
        if (suspect) suspects ??= new bool[values.Length];
        if (suspects is not null) suspects[column] = suspect;
    }

    public void Offer(int column, long time, double value, bool suspect)
    {
        if (Cell.IsAbsent(values[column]) || time >= times[column]) Set(column, time, value, suspect);
    }

    /// <summary>Forgets the newest value of a column; the one before it is looked for afterwards.</summary>
    public void Clear(int column) => Set(column, 0, Cell.Absent, false);

    public void Widen(int columns)
    {
        var from = values.Length;
        Array.Resize(ref times, columns);
        Array.Resize(ref values, columns);
        values.AsSpan(from).Fill(Cell.Absent);
        if (suspects is not null) Array.Resize(ref suspects, columns);
    }

    public void Write(ByteSink sink)
    {
        sink.Varint((ulong)values.Length);
        var previous = 0L;
        for (var column = 0; column < values.Length; column++)
        {
            var shape = Cell.IsAbsent(values[column]) ? 0 : IsSuspect(column) ? 2 : 1;
            sink.Byte(shape);
            if (shape == 0) continue;
            sink.ZigZag(times[column] - previous);
            previous = times[column];
            sink.UInt64(BitConverter.DoubleToUInt64Bits(values[column]));
        }
    }

    /// <summary>Fills the columns found; false when the bytes are damaged.</summary>
    public bool TryRead(ReadOnlySpan<byte> bytes)
    {
        var source = new ByteSource(bytes);
        var columns = source.Count(values.Length);
        var previous = 0L;
        for (var column = 0; column < columns && !source.Failed; column++)
        {
            var shape = source.Byte();
            if (shape > 2) return false;
            if (shape == 0) continue;
            previous += source.ZigZag();
            var value = BitConverter.UInt64BitsToDouble(source.UInt64());
            if (!source.Failed) Set(column, previous, value, shape == 2);
        }

        return !source.Failed;
    }
}
