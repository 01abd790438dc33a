using Garam.TimeSeries.Chunks;

namespace Garam.TimeSeries.Rollups;

/// <summary>Buckets of a track in ascending time: a start and one bucket for each series. Not thread-safe.</summary>
internal sealed class BucketRows(int columns)
{
    private readonly List<long> starts = [];
    private readonly List<Bucket[]> rows = [];

    public int Columns { get; } = columns;

    public int Count => starts.Count;

    public long Start(int row) => starts[row];

    public Bucket[] Row(int row) => rows[row];

    public void Clear()
    {
        starts.Clear();
        rows.Clear();
    }

    public Bucket[] Add(long start)
    {
        var row = new Bucket[Columns];
        starts.Add(start);
        rows.Add(row);
        return row;
    }

    public int LowerBound(long start)
    {
        var at = starts.BinarySearch(start);
        return at < 0 ? ~at : at;
    }

    /// <summary>Takes these buckets in the place of all that start in [from, to).</summary>
    public void Replace(long from, long to, BucketRows other)
    {
        var first = LowerBound(from);
        var end = LowerBound(to);
        starts.RemoveRange(first, end - first);
        rows.RemoveRange(first, end - first);
        starts.InsertRange(first, other.starts);
        rows.InsertRange(first, other.rows.Select(Fit));
    }

    /// <summary>Adds buckets whose samples are all newer than those here; a bucket that has begun already is continued.</summary>
    public void Continue(BucketRows newer)
    {
        for (var i = 0; i < newer.Count; i++)
        {
            var at = LowerBound(newer.Start(i));
            if (at < Count && starts[at] == newer.Start(i))
            {
                for (var column = 0; column < newer.Columns; column++) rows[at][column] = Join(rows[at][column], newer.rows[i][column]);
            }
            else
            {
                starts.Insert(at, newer.Start(i));
                rows.Insert(at, Fit(newer.rows[i]));
            }
        }
    }

    /// <summary>The rows' samples in buckets of a width.</summary>
    public static BucketRows FromSamples(RowBuffer samples, long widthUs)
    {
        var result = new BucketRows(samples.Columns);
        var folds = new BucketFold[samples.Columns];
        for (var row = 0; row < samples.Count;)
        {
            var start = UtcTime.Floor(samples.Times[row], widthUs);
            folds.AsSpan().Clear();
            for (; row < samples.Count && samples.Times[row] < start + widthUs; row++)
            {
                var cells = samples.Row(row);
                for (var column = 0; column < cells.Length; column++)
                    if (!Cell.IsAbsent(cells[column])) folds[column].Add(cells[column]);
            }

            result.AddFolded(start, folds);
        }

        return result;
    }

    /// <summary>These buckets in wider ones.</summary>
    public BucketRows Coarsen(long widthUs)
    {
        var result = new BucketRows(Columns);
        var folds = new BucketFold[Columns];
        for (var row = 0; row < Count;)
        {
            var start = UtcTime.Floor(starts[row], widthUs);
            folds.AsSpan().Clear();
            for (; row < Count && starts[row] < start + widthUs; row++)
                for (var column = 0; column < Columns; column++) folds[column].Add(rows[row][column]);
            result.AddFolded(start, folds);
        }

        return result;
    }

    private void AddFolded(long start, BucketFold[] folds)
    {
        var row = Add(start);
        for (var column = 0; column < folds.Length; column++)
            if (!folds[column].IsEmpty) row[column] = folds[column].Bucket;
    }

    private Bucket[] Fit(Bucket[] row)
    {
        if (row.Length == Columns) return row;
        Array.Resize(ref row, Columns);
        return row;
    }

    private static Bucket Join(in Bucket older, in Bucket newer)
    {
        var fold = default(BucketFold);
        fold.Add(older);
        fold.Add(newer);
        return fold.IsEmpty ? default : fold.Bucket;
    }
}
