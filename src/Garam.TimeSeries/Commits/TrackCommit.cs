using Garam.TimeSeries.Chunks;
using Garam.TimeSeries.Head;
using Garam.TimeSeries.Storage;

namespace Garam.TimeSeries.Commits;

/// <summary>
/// Writes one track inside a commit's transaction:
/// <list type="number">
/// <item>late rows before the open block are merged into the closed blocks they belong to, and the rollups they touch are
/// made again;</item>
/// <item>late rows inside the open block are merged into it;</item>
/// <item>full pieces close as a block of <see cref="Chunk.ClosedRows"/> rows, and only then go into the rollups: stored
/// rollups hold exactly the samples before <see cref="Track.OpenFrom"/>;</item>
/// <item>the open block's row is written again: its encoded pieces as they are, only the tail is encoded anew.</item>
/// </list>
/// </summary>
internal sealed class TrackCommit(StoreWriter writer, DamageLog damage)
{
    /// <summary>An open block that spans more time closes with what it has, so that retention can reach slow series.</summary>
    private const long OpenSpanMaxUs = 7 * UtcTime.DayUs;

    private readonly BlockStore blocks = new(writer, damage);
    private readonly RollupStore rollups = new(writer, damage);
    private readonly ChunkWriter chunks = new();
    private readonly ByteSink chunk = new();
    private readonly ByteSink openBlock = new();
    private readonly List<Piece> pieces = [];
    private readonly RowBuffer closing = new(1, Chunk.ClosedRows + 2 * Chunk.HeadRows);

    public void Write(TrackSnapshot snapshot)
    {
        var openLate = WriteClosedLate(snapshot);
        pieces.Clear();
        var tail = openLate is null ? TakePieces(snapshot) : Rebuild(snapshot, openLate);
        if (snapshot.CloseAll && tail is not null)
        {
            pieces.Add(new Piece(null, tail));
            tail = null;
            snapshot.RebuiltTail = new RowBuffer(snapshot.Columns);
        }

        Close(snapshot);
        WriteOpenBlock(snapshot, tail);
    }

    /// <summary>Late rows of the open block, or null.</summary>
    private RowBuffer? WriteClosedLate(TrackSnapshot snapshot)
    {
        if (snapshot.Late is not { } late) return null;
        var split = late.LowerBound(snapshot.Track.OpenFrom);
        // Retention may have passed by since the rows were accepted: what it has deleted cannot be corrected any more.
        var kept = late.LowerBound(snapshot.Track.RawHorizon);
        if (split > kept)
        {
            var closedLate = new RowBuffer(late.Columns, split - kept);
            closedLate.AddRange(late, kept, split - kept);
            blocks.Merge(snapshot.Track, closedLate);
            rollups.Refresh(snapshot.Track, closedLate, blocks);
        }

        if (split == late.Count) return null;
        var open = new RowBuffer(late.Columns, late.Count - split);
        open.AddRange(late, split, late.Count - split);
        return open;
    }

    private RowBuffer? TakePieces(TrackSnapshot snapshot)
    {
        foreach (var encoded in snapshot.Track.Chunks) pieces.Add(new Piece(encoded, null));
        foreach (var rows in snapshot.Sealed) pieces.Add(new Piece(null, rows));
        return snapshot.Tail;
    }

    /// <summary>The open block with its late rows merged, cut into pieces anew.</summary>
    private RowBuffer? Rebuild(TrackSnapshot snapshot, RowBuffer late)
    {
        var rows = new RowBuffer(snapshot.Columns);
        foreach (var encoded in snapshot.Track.Chunks) Decode(snapshot.Track, encoded, rows);
        foreach (var buffer in snapshot.Sealed) rows.AddRange(buffer, 0, buffer.Count);
        if (snapshot.Tail is { } tail) rows.AddRange(tail, 0, tail.Count);
        rows = RowBuffer.Merge(rows, late);
        rows.DropRemoved();

        var at = 0;
        for (; rows.Count - at >= Chunk.HeadRows; at += Chunk.HeadRows)
        {
            var piece = new RowBuffer(rows.Columns, Chunk.HeadRows);
            piece.AddRange(rows, at, Chunk.HeadRows);
            pieces.Add(new Piece(null, piece));
        }

        var rest = new RowBuffer(snapshot.Columns);
        rest.AddRange(rows, at, rows.Count - at);
        snapshot.RebuiltTail = rest;
        // The head goes on in the rebuilt buffer, so it gets its own copy of what is written.
        return rest.Count == 0 ? null : rest.Prefix(rest.Count);
    }

    private void Close(TrackSnapshot snapshot)
    {
        var from = 0;
        var rows = 0;
        var full = FullRows(snapshot.Track);
        for (var i = 0; i < pieces.Count; i++)
        {
            rows += pieces[i].Count;
            if (rows < full) continue;
            full = Chunk.ClosedRows;
            CloseBlock(snapshot, from, i + 1);
            from = i + 1;
            rows = 0;
        }

        var left = pieces.Count - from;
        if (left > 0 && (snapshot.CloseAll || pieces[^1].LastTime - pieces[from].FirstTime > OpenSpanMaxUs))
        {
            CloseBlock(snapshot, from, pieces.Count);
            from = pieces.Count;
        }

        snapshot.Chunks = new List<OpenChunk>(pieces.Count - from);
        for (var i = from; i < pieces.Count; i++) snapshot.Chunks.Add(pieces[i].Encoded ?? Encode(pieces[i].Rows!));
    }

    /// <summary>
    /// Devices that start together fill their blocks together. The first block of a track is shorter by its number, so that
    /// the work of closing is spread over the commits that follow.
    /// </summary>
    private static int FullRows(Track track) =>
        track.OpenFrom == long.MinValue ? Chunk.HeadRows * (1 + (int)(track.Id % (Chunk.ClosedRows / Chunk.HeadRows))) : Chunk.ClosedRows;

    private void CloseBlock(TrackSnapshot snapshot, int from, int to)
    {
        var rows = closing;
        rows.Reset(snapshot.Columns);
        for (var i = from; i < to; i++)
        {
            if (pieces[i].Encoded is { } encoded) Decode(snapshot.Track, encoded, rows);
            else rows.AddRange(pieces[i].Rows!, 0, pieces[i].Rows!.Count);
        }

        snapshot.OpenFrom = pieces[to - 1].LastTime + 1;
        if (rows.Count == 0) return;
        var inMinutes = rollups.Continue(snapshot.Track, rows);
        blocks.Insert(snapshot.Track, rows, 0, rows.Count, inMinutes);
    }

    private void WriteOpenBlock(TrackSnapshot snapshot, RowBuffer? tail)
    {
        openBlock.Clear();
        OpenBlockData.Begin(openBlock);
        foreach (var piece in snapshot.Chunks) OpenBlockData.Add(openBlock, piece.Bytes, piece.FirstTime, piece.LastTime, piece.Rows);
        if (tail is not null)
        {
            chunk.Clear();
            chunks.Write(chunk, tail, 0, tail.Count);
            OpenBlockData.Add(openBlock, chunk.Written, tail.FirstTime, tail.LastTime, tail.Count);
        }

        writer.PutOpenBlock
            .Bind(1, snapshot.Track.Id)
            .Bind(2, snapshot.OpenFrom)
            .Bind(3, snapshot.Track.RawHorizon)
            .Bind(4, snapshot.Newest)
            .Bind(5, openBlock.Written)
            .Run();
    }

    private OpenChunk Encode(RowBuffer rows)
    {
        chunk.Clear();
        chunks.Write(chunk, rows, 0, rows.Count);
        return new OpenChunk(chunk.Written.ToArray(), rows.FirstTime, rows.LastTime, rows.Count);
    }

    private void Decode(Track track, OpenChunk encoded, RowBuffer target)
    {
        var before = target.Count;
        if (ChunkReader.TryOpen(encoded.Bytes, out var reader) && reader.TryReadAll(target, ChunkScratch.Current)) return;
        damage.Report(track, "open block");
        target.Truncate(before);
    }
}
