using Garam.TimeSeries.Chunks;

namespace Garam.TimeSeries.Head;

/// <summary>What is known about a time range of a track: its decoded rows, or that there are none.</summary>
internal sealed record ArchiveEntry(Track Track, long FromTime, long ToTime, RowBuffer? Rows);
