using Garam.Expressions;
using Garam.TimeSeries;

namespace Garam.Platform.Detection;

/// <summary>
/// Readings of one device as the store has them: samples of one time are one reading again. Oldest first. Texts are not among them.
/// </summary>
internal sealed class StoredReadings : IDisposable
{
    private readonly List<(int Slot, bool IsBoolean, QueryResult Samples)> _series = [];
    private readonly List<int> _next = [];

    private StoredReadings()
    {
    }

    /// <summary>Opens the samples of some series.</summary>
    /// <param name="series">Names and slots; unknown ones are left out.</param>
    /// <param name="fromUs">Inclusive.</param>
    /// <param name="toUs">Exclusive.</param>
    public static StoredReadings Open(TimeSeriesStore store, SeriesGroup group, IEnumerable<(string Name, int Slot)> series, long fromUs, long toUs)
    {
        var readings = new StoredReadings();
        var kinds = new Dictionary<string, SeriesKind>(StringComparer.Ordinal);
        foreach (var info in store.Describe(group))
            kinds[info.Name] = info.Kind;
        foreach (var (name, slot) in series)
        {
            if (!kinds.TryGetValue(name, out var kind))
                continue;
            var samples = store.Query(group, new SeriesQuery(name, fromUs, toUs, QueryStep.Raw));
            if (samples.Count == 0)
            {
                samples.Dispose();
                continue;
            }

            readings._series.Add((slot, kind == SeriesKind.Boolean, samples));
            readings._next.Add(0);
        }

        return readings;
    }

    /// <summary>Whether a series holds more than one query may read: its newest part is then missing.</summary>
    public bool IsTruncated => _series.Exists(s => s.Samples.IsTruncated);

    /// <summary>Time of the next reading; null at the end.</summary>
    public long? NextUs
    {
        get
        {
            long? next = null;
            for (var i = 0; i < _series.Count; i++)
            {
                var times = _series[i].Samples.Times;
                if (_next[i] < times.Length && (next is null || times[_next[i]] < next))
                    next = times[_next[i]];
            }

            return next;
        }
    }

    /// <summary>Takes the reading of a time into a frame.</summary>
    public void Take(long timeUs, DetectionFrame frame)
    {
        for (var i = 0; i < _series.Count; i++)
        {
            var (slot, isBoolean, samples) = _series[i];
            var at = _next[i];
            if (at >= samples.Count || samples.Times[at] != timeUs)
                continue;
            _next[i]++;
            var value = samples.Values[at];
            frame.Set(slot, isBoolean ? Value.Of(value != 0) : Value.Of(value));
        }
    }

    public void Dispose()
    {
        foreach (var (_, _, samples) in _series)
            samples.Dispose();
    }
}
