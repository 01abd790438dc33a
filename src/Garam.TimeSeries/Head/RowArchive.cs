using Garam.TimeSeries.Chunks;
using Garam.TimeSeries.Storage;

namespace Garam.TimeSeries.Head;

/// <summary>
/// What a late sample is compared with: the encoded pieces of the head and the closed blocks, decoded on demand. A device
/// that sends an old backlog asks for neighbouring times again and again, so the last few answers are kept, gaps between
/// blocks included. Thread-safe; answers for a track are asked under its group's lock, which also orders them with
/// <see cref="Forget"/>.
/// </summary>
internal sealed class RowArchive(ReaderPool readers, DamageLog damage)
{
    /// <summary>Enough for that many devices sending a backlog at once; 32 decoded blocks of ten series are 3 MB.</summary>
    private const int EntriesMax = 32;

    private readonly Lock gate = new();
    private readonly LinkedList<ArchiveEntry> recent = [];

    /// <summary>Rows around this time, or null when none are stored there.</summary>
    public RowBuffer? Around(Track track, long time)
    {
        if (TryRecent(track, time, out var rows)) return rows;
        var entry = time >= track.OpenFrom ? FromHead(track, time) : FromBlocks(track, time);
        lock (gate)
        {
            recent.AddFirst(entry);
            if (recent.Count > EntriesMax) recent.RemoveLast();
        }

        return entry.Rows;
    }

    /// <summary>The track's pieces or blocks changed.</summary>
    public void Forget(Track track)
    {
        lock (gate)
        {
            for (var node = recent.First; node is not null;)
            {
                var next = node.Next;
                if (node.Value.Track == track) recent.Remove(node);
                node = next;
            }
        }
    }

    private bool TryRecent(Track track, long time, out RowBuffer? rows)
    {
        lock (gate)
        {
            for (var node = recent.First; node is not null; node = node.Next)
            {
                if (node.Value.Track != track || time < node.Value.FromTime || time > node.Value.ToTime) continue;
                recent.Remove(node);
                recent.AddFirst(node);
                rows = node.Value.Rows;
                return true;
            }
        }

        rows = null;
        return false;
    }

    private ArchiveEntry FromHead(Track track, long time)
    {
        var from = track.OpenFrom;
        foreach (var chunk in track.Chunks)
        {
            if (time < chunk.FirstTime) return new ArchiveEntry(track, from, chunk.FirstTime - 1, null);
            if (time <= chunk.LastTime) return new ArchiveEntry(track, chunk.FirstTime, chunk.LastTime, Decode(track, chunk.Bytes));
            from = chunk.LastTime + 1;
        }

        // Not kept for later: buffers behind the last piece are compared by the track itself.
        return new ArchiveEntry(track, time, time, null);
    }

    private ArchiveEntry FromBlocks(Track track, long time)
    {
        using var lease = readers.Rent();
        var block = lease.Reader.BlockAround(track.Id, time, out var gapFrom, out var gapTo);
        if (block is { } found) return new ArchiveEntry(track, found.FirstTime, found.LastTime, Decode(track, found.Data));
        return new ArchiveEntry(track, gapFrom, Math.Min(gapTo, track.OpenFrom - 1), null);
    }

    private RowBuffer? Decode(Track track, byte[] bytes)
    {
        var rows = new RowBuffer(track.Columns, 0);
        if (ChunkReader.TryOpen(bytes, out var reader) && reader.TryReadAll(rows, ChunkScratch.Current)) return rows;
        damage.Report(track, "block");
        return null;
    }
}
