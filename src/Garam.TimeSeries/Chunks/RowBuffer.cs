namespace Garam.TimeSeries.Chunks;

/// <summary>
/// Rows in ascending time, uncompressed: one time and <see cref="Columns"/> cells each, row by row, because a reading
/// fills a row at once. Not thread-safe.
/// </summary>
internal sealed class RowBuffer
{
    private const int FirstCapacity = 8;

    private long[] times;
    private double[] cells;
    private bool[]? suspects;

    public RowBuffer(int columns, int capacity = FirstCapacity)
    {
        Columns = columns;
        times = new long[capacity];
        cells = new double[capacity * columns];
    }

    public int Columns { get; private set; }

    public int Count { get; private set; }

    public bool HasSuspects => suspects is not null;

    public ReadOnlySpan<long> Times => times.AsSpan(0, Count);

    public long FirstTime => times[0];

    public long LastTime => times[Count - 1];

    public double this[int row, int column] => cells[row * Columns + column];

    public Span<double> Row(int row) => cells.AsSpan(row * Columns, Columns);

    public bool IsSuspect(int row, int column) => suspects is not null && suspects[row * Columns + column];

    public void Clear()
    {
        Count = 0;
        suspects = null;
    }

    /// <summary>Empties a buffer that is reused for tracks of any width.</summary>
    public void Reset(int columns)
    {
        Clear();
        Columns = columns;
        if (cells.Length < times.Length * columns) cells = new double[times.Length * columns];
    }

    public void Truncate(int count) => Count = count;

    /// <summary>Appends a row of absent cells and answers its index. The caller keeps time ascending.</summary>
    public int Add(long time)
    {
        if (Count == times.Length) Grow(Count + 1);
        times[Count] = time;
        cells.AsSpan(Count * Columns, Columns).Fill(Cell.Absent);
        return Count++;
    }

    /// <summary>Puts a row of absent cells before <paramref name="row"/>.</summary>
    public void Insert(int row, long time)
    {
        Add(time);
        var moved = Count - 1 - row;
        Array.Copy(times, row, times, row + 1, moved);
        Array.Copy(cells, row * Columns, cells, (row + 1) * Columns, moved * Columns);
        if (suspects is not null)
        {
            Array.Copy(suspects, row * Columns, suspects, (row + 1) * Columns, moved * Columns);
            suspects.AsSpan(row * Columns, Columns).Clear();
        }

        times[row] = time;
        cells.AsSpan(row * Columns, Columns).Fill(Cell.Absent);
    }

    public void RemoveAt(int row)
    {
        var moved = --Count - row;
        Array.Copy(times, row + 1, times, row, moved);
        Array.Copy(cells, (row + 1) * Columns, cells, row * Columns, moved * Columns);
        if (suspects is not null) Array.Copy(suspects, (row + 1) * Columns, suspects, row * Columns, moved * Columns);
    }

    public bool IsEmptyAt(int row)
    {
        foreach (var cell in Row(row))
            if (!Cell.IsAbsent(cell)) return false;
        return true;
    }

    /// <summary>Makes removed cells absent, and leaves out rows in which nothing else stood.</summary>
    public void DropRemoved()
    {
        var kept = 0;
        for (var row = 0; row < Count; row++)
        {
            var removed = false;
            for (var column = 0; column < Columns; column++)
            {
                if (!Cell.IsRemoved(this[row, column])) continue;
                Set(row, column, Cell.Absent, false);
                removed = true;
            }

            if (removed && IsEmptyAt(row)) continue;
            if (kept < row)
            {
                times[kept] = times[row];
                Array.Copy(cells, row * Columns, cells, kept * Columns, Columns);
                if (suspects is not null) Array.Copy(suspects, row * Columns, suspects, kept * Columns, Columns);
            }

            kept++;
        }

        Count = kept;
    }

    public void Set(int row, int column, double value, bool suspect)
    {
        cells[row * Columns + column] = value;
        if (suspect) suspects ??= new bool[cells.Length];
        if (suspects is not null) suspects[row * Columns + column] = suspect;
    }

    /// <summary>Index of the row with this time, or the complement of where it would stand.</summary>
    public int Find(long time) => Times.BinarySearch(time);

    /// <summary>Index of the first row not before this time.</summary>
    public int LowerBound(long time)
    {
        var row = Find(time);
        return row < 0 ? ~row : row;
    }

    public void EnsureCapacity(int rows)
    {
        if (rows > times.Length) Grow(rows);
    }

    /// <summary>Room for more series: rows so far get absent cells. Arrays are replaced, so a reader of the old ones is not disturbed.</summary>
    public void Widen(int columns)
    {
        if (columns <= Columns) return;
        var wider = new double[times.Length * columns];
        wider.AsSpan().Fill(Cell.Absent);
        var widerSuspects = suspects is null ? null : new bool[wider.Length];
        for (var row = 0; row < Count; row++)
        {
            Row(row).CopyTo(wider.AsSpan(row * columns));
            if (widerSuspects is not null) Array.Copy(suspects!, row * Columns, widerSuspects, row * columns, Columns);
        }

        cells = wider;
        suspects = widerSuspects;
        Columns = columns;
    }

    /// <summary>Appends rows of another buffer with at most as many columns.</summary>
    public void AddRange(RowBuffer source, int from, int count)
    {
        EnsureCapacity(Count + count);
        if (source.Columns == Columns && source.suspects is null && suspects is null)
        {
            Array.Copy(source.times, from, times, Count, count);
            Array.Copy(source.cells, from * Columns, cells, Count * Columns, count * Columns);
            Count += count;
            return;
        }

        for (var row = from; row < from + count; row++) AddCopy(source, row);
    }

    public int AddCopy(RowBuffer source, int sourceRow)
    {
        var row = Add(source.times[sourceRow]);
        source.Row(sourceRow).CopyTo(Row(row));
        if (source.suspects is null) return row;
        for (var column = 0; column < source.Columns; column++)
            if (source.IsSuspect(sourceRow, column)) Set(row, column, source[sourceRow, column], true);
        return row;
    }

    /// <summary>The present cells of the source row replace those here.</summary>
    public void Overwrite(int row, RowBuffer source, int sourceRow)
    {
        for (var column = 0; column < source.Columns; column++)
        {
            var value = source[sourceRow, column];
            if (!Cell.IsAbsent(value)) Set(row, column, value, source.IsSuspect(sourceRow, column));
        }
    }

    /// <summary>A frozen view of the first rows: what is later added to or inserted into this buffer after them does not show.</summary>
    public RowBuffer Prefix(int count) => new(times, cells, suspects, Columns, count);

    /// <summary>All rows of both in time order; where both have a cell, the later source's stands.</summary>
    public static RowBuffer Merge(RowBuffer older, RowBuffer newer)
    {
        var merged = new RowBuffer(Math.Max(older.Columns, newer.Columns), Math.Max(1, older.Count + newer.Count));
        int i = 0, j = 0;
        while (i < older.Count || j < newer.Count)
        {
            var takeOlder = j == newer.Count || (i < older.Count && older.times[i] <= newer.times[j]);
            if (!takeOlder)
            {
                merged.AddCopy(newer, j++);
                continue;
            }

            var row = merged.AddCopy(older, i);
            if (j < newer.Count && newer.times[j] == older.times[i]) merged.Overwrite(row, newer, j++);
            i++;
        }

        return merged;
    }

    private RowBuffer(long[] times, double[] cells, bool[]? suspects, int columns, int count)
    {
        this.times = times;
        this.cells = cells;
        this.suspects = suspects;
        Columns = columns;
        Count = count;
    }

    private void Grow(int rows)
    {
        var capacity = Math.Max(Math.Max(rows, FirstCapacity), times.Length * 2);
        Array.Resize(ref times, capacity);
        Array.Resize(ref cells, Math.Max(cells.Length, capacity * Columns));
        if (suspects is not null) Array.Resize(ref suspects, cells.Length);
    }
}
