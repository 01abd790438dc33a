using Garam.TimeSeries.Chunks;
using Garam.TimeSeries.Head;
using Garam.TimeSeries.Storage;

namespace Garam.TimeSeries.Commits;

/// <summary>Closed blocks inside a commit's transaction. Blocks of a track do not overlap in time.</summary>
internal sealed class BlockStore(StoreWriter writer, DamageLog damage)
{
    private readonly ChunkWriter chunks = new();
    private readonly ByteSink chunk = new();
    private long recentId = -1;
    private RowBuffer? recent;

    public void Insert(Track track, RowBuffer rows, int from, int count, bool inMinutes)
    {
        chunk.Clear();
        chunks.Write(chunk, rows, from, count);
        writer.InsertBlock
            .Bind(1, track.Id)
            .Bind(2, rows.Times[from])
            .Bind(3, rows.Times[from + count - 1])
            .Bind(4, count)
            .Bind(5, chunk.Written)
            .Bind(6, inMinutes ? 1 : 0)
            .Run();
    }

    /// <summary>Merges rows into the blocks they belong to: the one that begins last before them, or the track's first.</summary>
    public void Merge(Track track, RowBuffer late)
    {
        recentId = -1;
        for (var at = 0; at < late.Count;)
        {
            var block = BlockFor(track, late.Times[at], out var next);
            var end = late.LowerBound(next);
            var mine = new RowBuffer(late.Columns, end - at);
            mine.AddRange(late, at, end - at);
            Rewrite(track, block, mine);
            at = end;
        }
    }

    /// <summary>Rows in [from, to) of closed blocks that are in the minute rollups.</summary>
    public RowBuffer ReadInMinutes(Track track, long from, long to)
    {
        var result = new RowBuffer(track.Columns);
        foreach (var block in List(track, from, to))
        {
            if (!block.InMinutes || block.LastTime < from || Recent(track, block) is not { } rows) continue;
            var first = rows.LowerBound(from);
            result.AddRange(rows, first, rows.LowerBound(to) - first);
        }

        return result;
    }

    /// <summary>Whole closed blocks with rows in [from, to) that are not in the minute rollups.</summary>
    public IEnumerable<RowBuffer> NotInMinutes(Track track, long from, long to)
    {
        foreach (var block in List(track, from, to))
            if (!block.InMinutes && block.LastTime >= from && Decode(track, block) is { } rows) yield return rows;
    }

    /// <summary>Decodes, unless it was the last one: neighbouring minutes are of the same block. Forgotten when blocks change.</summary>
    private RowBuffer? Recent(Track track, StoredBlock block)
    {
        if (recentId == block.Id) return recent;
        recent = Decode(track, block);
        recentId = block.Id;
        return recent;
    }

    private void Rewrite(Track track, StoredBlock? block, RowBuffer late)
    {
        var stored = block is null ? null : Decode(track, block);
        // A damaged block stays where it is, for whoever can mend it; the late rows get a block of their own beside it.
        if (stored is not null) writer.DeleteBlock.Bind(1, block!.Id).Run();
        var merged = stored is null ? late : RowBuffer.Merge(stored, late);
        merged.DropRemoved();
        for (var at = 0; at < merged.Count;)
        {
            var left = merged.Count - at;
            var count = left <= Chunk.RewrittenRowsMax ? left : Chunk.ClosedRows;
            Insert(track, merged, at, count, block?.InMinutes ?? true);
            at += count;
        }
    }

    private StoredBlock? BlockFor(Track track, long time, out long next)
    {
        StoredBlock? found = null;
        next = long.MaxValue;
        // The range query starts at the block before the time; with none there, the first block after takes the row.
        foreach (var block in List(track, time, long.MaxValue, limit: 2))
        {
            if (found is null)
            {
                found = block;
                continue;
            }

            next = block.FirstTime;
        }

        return found;
    }

    private List<StoredBlock> List(Track track, long from, long to, int limit = int.MaxValue)
    {
        var list = new List<StoredBlock>();
        var rows = writer.BlocksInRange.Bind(1, track.Id).Bind(2, from).Bind(3, to);
        while (list.Count < limit && rows.Step()) list.Add(StoreReader.Block(rows));
        rows.Reset();
        return list;
    }

    public RowBuffer? Decode(Track track, StoredBlock block)
    {
        var rows = new RowBuffer(track.Columns, 0);
        if (ChunkReader.TryOpen(block.Data, out var reader) && reader.TryReadAll(rows, ChunkScratch.Current)) return rows;
        damage.Report(track, "block");
        return null;
    }
}
