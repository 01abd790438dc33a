namespace Garam.TimeSeries.Head;

/// <summary>What the groups of a store share.</summary>
internal sealed class HeadContext(TimeSeriesOptions options, RowArchive archive, TrackLoader loader)
{
    private long lastTrackId;
    private long lastTextId;

    public TimeSeriesOptions Options { get; } = options;

    public RowArchive Archive { get; } = archive;

    public TrackLoader Loader { get; } = loader;

    public RowBufferPool Buffers { get; } = new();

    public DirtyGroups Dirty { get; } = new();

    public NamePool Names { get; } = new();

    public long NextTrackId() => Interlocked.Increment(ref lastTrackId);

    public long NextTextId() => Interlocked.Increment(ref lastTextId);

    public void StartIdsAfter(long trackId, long textId)
    {
        lastTrackId = trackId;
        lastTextId = textId;
    }
}
