namespace Garam.TimeSeries;

/// <summary>What is stored of a series.</summary>
/// <param name="Name">Series name.</param>
/// <param name="Kind">What its numbers mean.</param>
/// <param name="Samples">Samples counted by the day rollups and the head: also those that retention has deleted since.</param>
/// <param name="FirstTimeUs">Oldest reading kept of those it comes with.</param>
/// <param name="LastTimeUs">Its newest sample.</param>
public readonly record struct SeriesInfo(string Name, SeriesKind Kind, long Samples, long FirstTimeUs, long LastTimeUs);
