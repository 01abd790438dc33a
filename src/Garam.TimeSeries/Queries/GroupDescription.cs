using Garam.TimeSeries.Chunks;
using Garam.TimeSeries.Storage;

namespace Garam.TimeSeries.Queries;

/// <summary>Counts what is stored of each series of a group.</summary>
internal sealed class GroupDescription(ReaderPool readers, QueryEngine queries)
{
    public List<SeriesInfo> Of(SeriesGroup group)
    {
        var found = new List<SeriesInfo>();
        lock (group.Gate)
        {
            foreach (ref readonly var slot in group.Slots)
            {
                if (slot.Track is null || Cell.IsAbsent(slot.Track.Newest.Value(slot.Column))) continue;
                found.Add(new SeriesInfo(slot.Name, slot.Kind, 0, FirstTime(slot.Track), slot.Track.Newest.Time(slot.Column)));
            }
        }

        return [.. found.Select(info => info with { Samples = Count(group, info.Name) })];
    }

    private long FirstTime(Head.Track track)
    {
        using var lease = readers.Rent();
        var stats = lease.Reader.BlockStats(track.Id);
        if (stats.Blocks > 0) return stats.FirstTime;
        track.Group.Load(track);
        return track.Chunks.Count > 0 ? track.Chunks[0].FirstTime
            : track.Sealed.Count > 0 ? track.Sealed[0].FirstTime
            : track.Tail.Count > 0 ? track.Tail.FirstTime : 0;
    }

    private long Count(SeriesGroup group, string series)
    {
        var query = new SeriesQuery(series, UtcTime.MinUs, UtcTime.MaxUs, QueryStep.OfUs(UtcTime.DayUs)) { Aggregates = Aggregates.Count };
        using var days = queries.Run(group, query);
        var count = 0L;
        foreach (var day in days.Values) count += (long)day;
        return count;
    }
}
