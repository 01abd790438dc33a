using Garam.TimeSeries.Chunks;
using Garam.TimeSeries.Head;
using Garam.TimeSeries.Rollups;
using Garam.TimeSeries.Storage;

namespace Garam.TimeSeries.Commits;

/// <summary>
/// Rollups inside a commit's transaction. A level is always made from the one below it, so that all levels agree to
/// the last bit, and because a day of minutes is cheaper to read than a day of samples.
/// </summary>
internal sealed class RollupStore(StoreWriter writer, DamageLog damage)
{
    private readonly RollupWriter encoder = new();
    private readonly ByteSink blob = new();

    /// <summary>Counts the samples of a block that has just closed; they are newer than all counted before.</summary>
    public void Continue(Track track, RowBuffer rows)
    {
        var buckets = BucketRows.FromSamples(rows, RollupLevel.Minute.WidthUs());
        foreach (var level in RollupLevels.All)
        {
            if (level != RollupLevel.Minute) buckets = buckets.Coarsen(level.WidthUs());
            var added = buckets;
            Edit(track, level, added.Start(0), long.MaxValue, stored => stored.Continue(added));
        }
    }

    /// <summary>Makes the buckets again that hold these late rows, which are in their blocks by now.</summary>
    public void Refresh(Track track, RowBuffer late, BlockStore blocks)
    {
        foreach (var (from, to) in Runs(late, RollupLevel.Minute))
        {
            var minutes = BucketRows.FromSamples(blocks.Read(track, from, to), RollupLevel.Minute.WidthUs());
            Edit(track, RollupLevel.Minute, from, to, stored => stored.Replace(from, to, minutes));
        }

        RefreshFrom(track, late, RollupLevel.Minute, RollupLevel.Hour);
        RefreshFrom(track, late, RollupLevel.Hour, RollupLevel.Day);
    }

    private void RefreshFrom(Track track, RowBuffer late, RollupLevel finer, RollupLevel level)
    {
        foreach (var (from, to) in Runs(late, level))
        {
            var buckets = Read(track, finer, from, to).Coarsen(level.WidthUs());
            Edit(track, level, from, to, stored => stored.Replace(from, to, buckets));
        }
    }

    /// <summary>The buckets that hold the rows, neighbours joined.</summary>
    private static List<(long From, long To)> Runs(RowBuffer rows, RollupLevel level)
    {
        var width = level.WidthUs();
        var runs = new List<(long From, long To)>();
        foreach (var time in rows.Times)
        {
            var start = UtcTime.Floor(time, width);
            if (runs.Count > 0 && start <= runs[^1].To) runs[^1] = (runs[^1].From, start + width);
            else runs.Add((start, start + width));
        }

        return runs;
    }

    private BucketRows Read(Track track, RollupLevel level, long from, long to)
    {
        var result = new BucketRows(track.Columns);
        foreach (var block in List(track, level, from, to))
        {
            var rows = Decode(track, level, block);
            if (rows is null) continue;
            var end = rows.LowerBound(to);
            for (var i = rows.LowerBound(from); i < end; i++)
                rows.Row(i).CopyTo(result.Add(rows.Start(i)), 0);
        }

        return result;
    }

    /// <summary>Changes the stored buckets around [from, to): reads their rows, edits, writes them back cut to size.</summary>
    private void Edit(Track track, RollupLevel level, long from, long to, Action<BucketRows> edit)
    {
        var stored = List(track, level, from, to);
        var buckets = new BucketRows(track.Columns);
        var ids = new List<long>();
        foreach (var block in stored)
        {
            if (Decode(track, level, block) is not { } rows) continue;
            ids.Add(block.Id);
            for (var i = 0; i < rows.Count; i++) rows.Row(i).CopyTo(buckets.Add(rows.Start(i)), 0);
        }

        edit(buckets);
        var written = 0;
        for (var at = 0; at < buckets.Count; written++)
        {
            var count = Math.Min(RollupChunk.BucketsMax, buckets.Count - at);
            Put(track, level, buckets, at, count, written < ids.Count ? ids[written] : null);
            at += count;
        }

        for (; written < ids.Count; written++) writer.DeleteRollup.Bind(1, ids[written]).Run();
    }

    private void Put(Track track, RollupLevel level, BucketRows buckets, int from, int count, long? id)
    {
        blob.Clear();
        encoder.Write(blob, level, buckets, from, count);
        var first = buckets.Start(from);
        var last = buckets.Start(from + count - 1);
        if (id is { } existing)
        {
            writer.UpdateRollup.Bind(1, existing).Bind(2, first).Bind(3, last).Bind(4, blob.Written).Run();
            return;
        }

        writer.InsertRollup.Bind(1, track.Id).Bind(2, (long)level).Bind(3, first).Bind(4, last).Bind(5, blob.Written).Run();
    }

    private List<StoredBlock> List(Track track, RollupLevel level, long from, long to)
    {
        var list = new List<StoredBlock>();
        var rows = writer.RollupsInRange.Bind(1, track.Id).Bind(2, from).Bind(3, to).Bind(4, (long)level);
        while (rows.Step()) list.Add(StoreReader.Block(rows));
        return list;
    }

    private BucketRows? Decode(Track track, RollupLevel level, StoredBlock block)
    {
        var rows = new BucketRows(track.Columns);
        if (RollupReader.TryOpen(block.Data, level, RollupScratch.Current, out var reader) && reader.TryReadAll(rows)) return rows;
        damage.Report(track, "rollup");
        return null;
    }
}
