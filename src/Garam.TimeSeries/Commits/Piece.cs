using Garam.TimeSeries.Chunks;
using Garam.TimeSeries.Head;

namespace Garam.TimeSeries.Commits;

/// <summary>A full stretch of the head on its way to disk: encoded by an earlier commit, or still rows.</summary>
internal readonly record struct Piece(OpenChunk? Encoded, RowBuffer? Rows)
{
    public int Count => Encoded?.Rows ?? Rows!.Count;

    public long FirstTime => Encoded?.FirstTime ?? Rows!.FirstTime;

    public long LastTime => Encoded?.LastTime ?? Rows!.LastTime;
}
