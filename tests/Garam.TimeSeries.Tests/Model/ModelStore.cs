namespace Garam.TimeSeries.Tests.Model;

/// <summary>What the store should be: sorted maps, no disk, no chunks.</summary>
internal sealed class ModelStore
{
    private readonly Dictionary<(string Group, string Series), SortedDictionary<long, (double Value, bool Suspect)>> series = [];

    public IEnumerable<(string Group, string Series)> Keys => series.Keys;

    public AppendOutcome Append(string group, long time, IReadOnlyList<(string Series, double Value, bool Suspect)> samples)
    {
        var outcome = AppendOutcome.Duplicate;
        foreach (var (name, value, suspect) in samples)
        {
            if (!series.TryGetValue((group, name), out var points)) series[(group, name)] = points = [];
            if (!points.TryGetValue(time, out var stored))
            {
                if (outcome == AppendOutcome.Duplicate) outcome = AppendOutcome.Stored;
            }
            else if (BitConverter.DoubleToInt64Bits(stored.Value) != BitConverter.DoubleToInt64Bits(value) || stored.Suspect != suspect)
            {
                outcome = AppendOutcome.Replaced;
            }

            points[time] = (value, suspect);
        }

        return outcome;
    }

    /// <summary>Whether anything was there.</summary>
    public bool Remove(string group, long time, IEnumerable<string> names)
    {
        var found = false;
        foreach (var name in names)
            found |= series.TryGetValue((group, name), out var points) && points.Remove(time);
        return found;
    }

    public (long Time, double Value, bool Suspect)[] Raw((string, string) key, long from, long to) =>
        [.. series[key].Where(p => p.Key >= from && p.Key < to).Select(p => (p.Key, p.Value.Value, p.Value.Suspect))];

    public ModelBucket[] Buckets((string, string) key, long from, long to, long step) =>
    [
        .. series[key]
            .Where(p => p.Key >= UtcTime.Floor(from, step) && p.Key < UtcTime.Floor(to - 1, step) + step)
            .GroupBy(p => UtcTime.Floor(p.Key, step))
            .Select(g => ModelBucket.Of(g.Key, [.. g.Select(p => p.Value.Value)])),
    ];

    public (long Time, double Value)? Newest((string, string) key)
    {
        if (series[key].Count == 0) return null;
        var last = series[key].Last();
        return (last.Key, last.Value.Value);
    }
}
