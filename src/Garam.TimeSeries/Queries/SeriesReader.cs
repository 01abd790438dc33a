using Garam.TimeSeries.Chunks;
using Garam.TimeSeries.Rollups;
using Garam.TimeSeries.Storage;

namespace Garam.TimeSeries.Queries;

/// <summary>
/// Reads one series across disk and head, exact at any moment. Within one snapshot of the database: rows before its
/// <c>open_from</c> come from closed blocks (or the rollups, which hold exactly those), rows from it on from the head, and
/// late samples of the head override both; a bucket that a late sample touches is folded again from samples.
/// </summary>
internal sealed class SeriesReader(StoreReader store, HeadView head, DamageLog damage, int samplesMax)
{
    private long openFrom;
    private long rawHorizon;
    private SampleColumn? diskOpen;

    public bool IsTruncated { get; private set; }

    /// <summary>Call once, inside the snapshot, before anything else.</summary>
    public void Begin()
    {
        if (head.IsLoaded)
        {
            (openFrom, rawHorizon) = store.Bounds(head.Track.Id);
            return;
        }

        store.TryOpenBlock(head.Track.Id, out openFrom, out rawHorizon, out var data);
        diskOpen = new SampleColumn();
        if (!OpenBlockData.TryRead(data, Math.Max(head.Track.Columns, head.Column + 1), out var chunks, out var tail)) Damaged("open block");
        foreach (var chunk in chunks) AddChunk(chunk.Bytes, long.MinValue, long.MaxValue, diskOpen);
        if (tail is not null) HeadView.Copy(tail, head.Column, long.MinValue, long.MaxValue, diskOpen);
    }

    /// <summary>Samples of [from, to).</summary>
    public SampleColumn Samples(long from, long to)
    {
        var samples = new SampleColumn();
        AddBlocks(from, Math.Min(to, openFrom), samples);
        AddOpen(Math.Max(from, openFrom), to, samples);
        var late = Late(from, to);
        var merged = SampleColumn.Override(samples, late);
        if (late.Count > 0) merged.DropRemoved();
        return merged;
    }

    /// <summary>Buckets of a level in [from, to), both aligned to it.</summary>
    public BucketColumn Buckets(RollupLevel level, long from, long to)
    {
        var width = level.WidthUs();
        var buckets = new BucketColumn();
        var rollups = store.Rollups(head.Track.Id, (int)level, from, Math.Min(to, openFrom));
        while (rollups.Step()) AddRollups(rollups.Blob(3), level, from, to, buckets);
        rollups.Reset();
        if (level == RollupLevel.Minute) AddSparse(from, to, buckets);

        var open = new SampleColumn();
        AddOpen(Math.Max(from, openFrom), to, open);
        buckets.Continue(BucketColumn.FromSamples(open, width));

        var late = Late(from, to);
        for (var i = 0; i < late.Count;)
        {
            var start = UtcTime.Floor(late.Times[i], width);
            var folded = BucketColumn.FromSamples(Samples(start, start + width), width);
            if (folded.Count > 0) buckets.Put(start, folded[0]);
            else buckets.Remove(start);
            while (i < late.Count && late.Times[i] < start + width) i++;
        }

        return buckets;
    }

    /// <summary>The minutes of blocks that are not in the rollups; a minute that both have a part of is folded from samples.</summary>
    private void AddSparse(long from, long to, BucketColumn buckets)
    {
        var samples = new SampleColumn();
        var blocks = store.SparseBlocks(head.Track.Id, from, Math.Min(to, openFrom));
        while (!IsTruncated && blocks.Step()) AddChunk(blocks.Blob(3), from, Math.Min(to, openFrom), samples);
        blocks.Reset();
        var sparse = BucketColumn.FromSamples(samples, UtcTime.MinuteUs);
        foreach (var shared in buckets.Include(sparse))
        {
            if (shared < rawHorizon)
            {
                // The older part's samples are deleted: what is stored goes first.
                buckets.Continue(shared, sparse);
                continue;
            }

            var closed = new SampleColumn();
            AddBlocks(shared, Math.Min(shared + UtcTime.MinuteUs, openFrom), closed);
            buckets.Put(shared, BucketColumn.FromSamples(closed, UtcTime.MinuteUs)[0]);
        }
    }

    private void AddBlocks(long from, long to, SampleColumn target)
    {
        var blocks = store.Blocks(head.Track.Id, from, to);
        while (!IsTruncated && blocks.Step()) AddChunk(blocks.Blob(3), from, to, target);
        blocks.Reset();
    }

    private SampleColumn Late(long from, long to)
    {
        var late = new SampleColumn();
        var end = head.Late.LowerBound(to);
        // What is before the horizon was accepted before retention came, and will not be stored.
        for (var i = head.Late.LowerBound(Math.Max(from, rawHorizon)); i < end; i++) late.AddFrom(head.Late, i);
        return late;
    }

    private void AddOpen(long from, long to, SampleColumn target)
    {
        if (from >= to) return;
        if (diskOpen is not null)
        {
            Add(diskOpen, from, to, target);
            return;
        }

        foreach (var chunk in head.Chunks)
            if (chunk.LastTime >= from && chunk.FirstTime < to) AddChunk(chunk.Bytes, from, to, target);
        Add(head.Buffered, from, to, target);
    }

    private static void Add(SampleColumn source, long from, long to, SampleColumn target)
    {
        var end = source.LowerBound(to);
        for (var i = source.LowerBound(from); i < end; i++) target.AddFrom(source, i);
    }

    private void AddChunk(ReadOnlySpan<byte> bytes, long from, long to, SampleColumn target)
    {
        if (target.Count >= samplesMax)
        {
            IsTruncated = true;
            return;
        }

        var scratch = ChunkScratch.Current;
        if (!ChunkReader.TryOpen(bytes, out var reader))
        {
            Damaged("block");
            return;
        }

        scratch.Ensure(reader.Rows);
        var times = scratch.Times.AsSpan(0, reader.Rows);
        var cells = scratch.Cells.AsSpan(0, reader.Rows);
        var suspects = scratch.Suspects.AsSpan(0, reader.Rows);
        if (!reader.TryReadTimes(times) || !reader.TryReadColumn(head.Column, cells, suspects, scratch))
        {
            Damaged("block");
            return;
        }

        target.EnsureCapacity(target.Count + times.Length);
        for (var i = 0; i < times.Length; i++)
            if (times[i] >= from && times[i] < to && !Cell.IsAbsent(cells[i])) target.Add(times[i], cells[i], suspects[i]);
    }

    private void AddRollups(ReadOnlySpan<byte> bytes, RollupLevel level, long from, long to, BucketColumn target)
    {
        if (!RollupReader.TryOpen(bytes, level, RollupScratch.Current, out var reader))
        {
            Damaged("rollup");
            return;
        }

        var buckets = target.Scratch(reader.Count);
        if (!reader.TryReadColumn(head.Column, buckets))
        {
            Damaged("rollup");
            return;
        }

        for (var i = 0; i < reader.Count; i++)
            if (buckets[i].Count > 0 && reader.Starts[i] >= from && reader.Starts[i] < to) target.Add(reader.Starts[i], buckets[i]);
    }

    private void Damaged(string what) => damage.Report(head.Track, what);
}
