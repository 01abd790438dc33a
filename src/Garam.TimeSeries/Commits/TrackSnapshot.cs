using Garam.TimeSeries.Chunks;
using Garam.TimeSeries.Head;

namespace Garam.TimeSeries.Commits;

/// <summary>What a commit saw of a track when it began, and what it makes of it; installed when the commit is durable.</summary>
internal sealed class TrackSnapshot(Track track, byte[] newest)
{
    public Track Track { get; } = track;

    public byte[] Newest { get; } = newest;

    public RowBuffer[] Sealed { get; } = track.Sealed.Count == 0 ? [] : [.. track.Sealed];

    public RowBuffer? Tail { get; } = track.Tail.Count == 0 ? null : track.Tail.Prefix(track.Tail.Count);

    public RowBuffer? Late { get; } = track.CommittingLate;

    public bool CloseAll { get; } = track.CloseRequested;

    public int Columns { get; } = track.Columns;

    /// <summary>Pieces of the open block after this commit, the tail not among them.</summary>
    public List<OpenChunk> Chunks { get; set; } = [];

    public long OpenFrom { get; set; } = track.OpenFrom;

    /// <summary>Set when late rows changed the open block: what replaces the rows of <see cref="Tail"/>.</summary>
    public RowBuffer? RebuiltTail { get; set; }

    public int TailRows => Tail?.Count ?? 0;
}
