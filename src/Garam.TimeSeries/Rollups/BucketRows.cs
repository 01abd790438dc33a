using Garam.TimeSeries.Chunks;

namespace Garam.TimeSeries.Rollups;

/// <summary>
/// Buckets of a track in ascending time: a start and one bucket for each series, row by row. Reused between tracks, since a
/// commit may close thousands of blocks. Not thread-safe.
/// </summary>
internal sealed class BucketRows
{
    private long[] starts = [];
    private Bucket[] buckets = [];
    private BucketFold[] folds = [];

    public int Columns { get; private set; }

    public int Count { get; private set; }

    public long Start(int row) => starts[row];

    public Span<Bucket> Row(int row) => buckets.AsSpan(row * Columns, Columns);

    /// <summary>Empties it for a track with so many series.</summary>
    public void Reset(int columns)
    {
        Columns = columns;
        Count = 0;
        EnsureCapacity(1);
    }

    /// <summary>Appends a row of absent buckets.</summary>
    public Span<Bucket> Add(long start)
    {
        EnsureCapacity(Count + 1);
        starts[Count] = start;
        Row(Count).Clear();
        return Row(Count++);
    }

    public int LowerBound(long start)
    {
        var at = starts.AsSpan(0, Count).BinarySearch(start);
        return at < 0 ? ~at : at;
    }

    /// <summary>Appends rows of another with at most as many series.</summary>
    public void AddRange(BucketRows source, int from, int to)
    {
        for (var row = from; row < to; row++) source.Row(row).CopyTo(Add(source.Start(row)));
    }

    /// <summary>Takes the other's buckets that start in [from, to) in the place of its own.</summary>
    public void Replace(long from, long to, BucketRows other)
    {
        var first = LowerBound(from);
        var end = LowerBound(to);
        var otherFirst = other.LowerBound(from);
        var otherEnd = other.LowerBound(to);
        var added = otherEnd - otherFirst - (end - first);
        EnsureCapacity(Count + Math.Max(0, added));
        Array.Copy(starts, end, starts, end + added, Count - end);
        Array.Copy(buckets, end * Columns, buckets, (end + added) * Columns, (Count - end) * Columns);
        Count += added;
        for (var row = otherFirst; row < otherEnd; row++) Put(first++, other.Start(row), other.Row(row));
    }

    /// <summary>Joins buckets that lie after all here, but for one that may have begun already.</summary>
    public void Continue(BucketRows newer)
    {
        for (var row = 0; row < newer.Count; row++)
        {
            if (Count > 0 && starts[Count - 1] == newer.Start(row)) Join(Row(Count - 1), newer.Row(row));
            else newer.Row(row).CopyTo(Add(newer.Start(row)));
        }
    }

    /// <summary>
    /// Takes in the buckets of one block that are not here, those that start in [from, to), in among those that are; the block's
    /// first may continue one that is here, and its last may be continued by one.
    /// </summary>
    public void Include(BucketRows other, long from, long to)
    {
        for (var row = other.LowerBound(from); row < other.Count && other.Start(row) < to; row++)
        {
            var at = LowerBound(other.Start(row));
            if (at == Count || starts[at] != other.Start(row))
            {
                EnsureCapacity(Count + 1);
                Array.Copy(starts, at, starts, at + 1, Count - at);
                Array.Copy(buckets, at * Columns, buckets, (at + 1) * Columns, (Count - at) * Columns);
                Count++;
                Put(at, other.Start(row), other.Row(row));
                continue;
            }

            if (row > 0)
            {
                var newer = Row(at).ToArray();
                Put(at, other.Start(row), other.Row(row));
                Join(Row(at), newer);
            }
            else
            {
                Join(Row(at), other.Row(row));
            }
        }
    }

    /// <summary>Fills this with the rows' samples in buckets of a width.</summary>
    public void FoldSamples(RowBuffer samples, long widthUs)
    {
        Reset(samples.Columns);
        for (var row = 0; row < samples.Count;)
        {
            var start = UtcTime.Floor(samples.Times[row], widthUs);
            BeginFold();
            for (; row < samples.Count && samples.Times[row] - start < widthUs; row++)
            {
                var cells = samples.Row(row);
                for (var column = 0; column < cells.Length; column++)
                    if (!Cell.IsAbsent(cells[column])) folds[column].Add(cells[column]);
            }

            EndFold(start);
        }
    }

    /// <summary>Fills this with finer buckets joined to a width.</summary>
    public void FoldBuckets(BucketRows finer, long widthUs)
    {
        Reset(finer.Columns);
        for (var row = 0; row < finer.Count;)
        {
            var start = UtcTime.Floor(finer.Start(row), widthUs);
            BeginFold();
            for (; row < finer.Count && finer.Start(row) - start < widthUs; row++)
            {
                var cells = finer.Row(row);
                for (var column = 0; column < cells.Length; column++) folds[column].Add(cells[column]);
            }

            EndFold(start);
        }
    }

    private void BeginFold()
    {
        if (folds.Length < Columns) folds = new BucketFold[Columns];
        folds.AsSpan(0, Columns).Clear();
    }

    private void EndFold(long start)
    {
        var row = Add(start);
        for (var column = 0; column < Columns; column++)
            if (!folds[column].IsEmpty) row[column] = folds[column].Bucket;
    }

    private void Put(int row, long start, ReadOnlySpan<Bucket> values)
    {
        starts[row] = start;
        Row(row).Clear();
        values.CopyTo(Row(row));
    }

    private static void Join(Span<Bucket> older, ReadOnlySpan<Bucket> newer)
    {
        for (var column = 0; column < newer.Length; column++)
        {
            var fold = default(BucketFold);
            fold.Add(older[column]);
            fold.Add(newer[column]);
            if (!fold.IsEmpty) older[column] = fold.Bucket;
        }
    }

    private void EnsureCapacity(int rows)
    {
        if (starts.Length < rows) Array.Resize(ref starts, Math.Max(rows, starts.Length * 2));
        if (buckets.Length < starts.Length * Columns) Array.Resize(ref buckets, starts.Length * Columns);
    }
}
