using Garam.TimeSeries;

namespace Garam.Platform.Replay;

/// <summary>
/// Finds the readings that messages were stored as, whatever times their former spec gave them. The rollups of the provenance series say
/// in which days and hours such log positions may stand; only those hours are read.
/// </summary>
internal sealed class ProvenanceSearch(TimeSeriesStore store, SeriesGroup group)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Entries of positions from <paramref name="first"/> to <paramref name="last"/>, among times of [<paramref name="fromUs"/>, <paramref name="toUs"/>).</summary>
    public List<ProvenanceEntry> Find(IEnumerable<string> series, long first, long last, long fromUs, long toUs)
    {
        var found = new List<ProvenanceEntry>();
        foreach (var name in series)
        {
            foreach (var day in Holding(name, Day, first, last, fromUs, toUs))
            {
                foreach (var hour in Holding(name, Hour, first, last, day, day + Us(Day)))
                    Read(name, first, last, hour, hour + Us(Hour), found);
            }
        }

        return found;
    }

    private List<long> Holding(string series, TimeSpan step, long first, long last, long fromUs, long toUs)
    {
        using var buckets = store.Query(group, new SeriesQuery(series, fromUs, toUs, QueryStep.Of(step)) { Aggregates = Aggregates.Min | Aggregates.Max });
        var min = buckets[Aggregates.Min];
        var max = buckets[Aggregates.Max];
        var starts = new List<long>();
        for (var i = 0; i < buckets.Count; i++)
        {
            if (max[i] >= first && min[i] <= last)
                starts.Add(buckets.Times[i]);
        }

        return starts;
    }

    private void Read(string series, long first, long last, long fromUs, long toUs, List<ProvenanceEntry> found)
    {
        using var samples = store.Query(group, new SeriesQuery(series, fromUs, toUs, QueryStep.Raw));
        for (var i = 0; i < samples.Count; i++)
        {
            if (samples.Values[i] >= first && samples.Values[i] <= last)
                found.Add(new ProvenanceEntry(series, samples.Times[i], (long)samples.Values[i]));
        }
    }

    private static long Us(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;
}
