using Garam.TimeSeries.Texts;

namespace Garam.TimeSeries.Commits;

/// <summary>A text when a commit began.</summary>
internal sealed record TextSnapshot(TextSlot Text, long NewestTime, byte[] Newest, List<TextEntry> Entries);
