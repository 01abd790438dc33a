using Garam.TimeSeries.Texts;

namespace Garam.TimeSeries.Commits;

/// <summary>What a commit saw of a group when it began.</summary>
internal sealed record GroupSnapshot(
    SeriesGroup Group, bool IsNew, List<int> NewSeries, List<TrackSnapshot> Tracks, List<TextSnapshot> Texts);
