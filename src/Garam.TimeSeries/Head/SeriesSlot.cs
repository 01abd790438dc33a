namespace Garam.TimeSeries.Head;

/// <summary>A series of a group: its name, and the column of the track that holds its samples (none before the first sample).</summary>
internal struct SeriesSlot(string name, SeriesKind kind)
{
    public readonly string Name = name;
    public readonly SeriesKind Kind = kind;
    public Track? Track;
    public int Column;
}
