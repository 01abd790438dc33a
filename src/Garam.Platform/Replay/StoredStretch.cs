using Garam.Platform.Configuration;
using Garam.Platform.Pipeline;
using Garam.TimeSeries;

namespace Garam.Platform.Replay;

/// <summary>
/// What the store holds at the instants that a draft is about: those it has readings of, and those its messages were stored at before. Read
/// on the device's lane, so nothing changes meanwhile.
/// </summary>
internal sealed class StoredStretch
{
    /// <summary>Stretches read one by one at most; instants further apart than that allows are read with what lies between.</summary>
    private const int RangesMax = 64;

    private const long MinuteUs = 60_000_000;
    private const long DayUs = 1_440 * MinuteUs;

    /// <summary>How far behind a reading's time its log position may stand (<see cref="LaneDevice.PositionShift"/>).</summary>
    private const long ShiftMaxUs = 999;

    private readonly Dictionary<long, Dictionary<string, (double Value, bool IsSuspect)>> _samples = [];
    private readonly Dictionary<string, SortedList<long, long>> _positions = new(StringComparer.Ordinal);
    private readonly Dictionary<long, List<long>> _messages = [];

    /// <param name="group">Null when nothing of the device was ever stored.</param>
    /// <param name="options">How far from its receive time a message's reading may lie.</param>
    public StoredStretch(TimeSeriesStore store, SeriesGroup? group, DeviceDraft draft, PipelineOptions options)
    {
        var instants = new SortedSet<long>(draft.Instants.Keys);
        Instants = instants;
        if (group is null)
            return;
        ChangeableFromUs = group.ChangeableFromUs;
        var names = group.SeriesNames();
        var provenance = names.Where(LaneDevice.IsInternal).ToList();
        var positions = draft.Messages.Select(m => m.Position).ToHashSet();
        Own = [.. new ProvenanceSearch(store, group)
            .Find(
                provenance, draft.FirstPosition, draft.LastPosition, draft.Messages.Min(m => m.ReceivedUs) - (options.PastDays * DayUs),
                draft.Messages.Max(m => m.ReceivedUs) + ((options.FutureMinutes + 1) * MinuteUs))
            .Where(entry => positions.Contains(entry.Position))];
        foreach (var (fromUs, toUs) in Ranges([.. instants, .. Own.Select(e => e.TimeUs)]))
            Load(store, group, names, fromUs - ShiftMaxUs, toUs + ShiftMaxUs + 1);
        AssignMessages(draft);
        foreach (var entry in Own)
            instants.Add(InstantOf(entry.Series, entry.TimeUs, draft));
    }

    /// <summary>All instants to be repaired, ascending.</summary>
    public IReadOnlySet<long> Instants { get; }

    /// <summary>Times before it cannot be changed any more.</summary>
    public long ChangeableFromUs { get; } = long.MinValue;

    /// <summary>Where the draft's messages stand in the store.</summary>
    public IReadOnlyList<ProvenanceEntry> Own { get; } = [];

    /// <summary>The samples of an instant.</summary>
    public IReadOnlyDictionary<string, (double Value, bool IsSuspect)> At(long timeUs) =>
        _samples.TryGetValue(timeUs, out var samples) ? samples : System.Collections.Immutable.ImmutableDictionary<string, (double, bool)>.Empty;

    /// <summary>The messages that stand behind an instant, in no order.</summary>
    public IReadOnlyList<long> MessagesAt(long timeUs) => _messages.TryGetValue(timeUs, out var messages) ? messages : [];

    /// <summary>The message that a sample most likely comes from; -1 when none is known.</summary>
    public long OwnerOf(string metric, long timeUs)
    {
        if (PositionAt($"{LaneDevice.PositionSeries}.{metric}", timeUs) is { } own)
            return own;
        return MessagesAt(timeUs) is { Count: > 0 } messages ? messages.Max() : -1;
    }

    public long? PositionAt(string series, long timeUs) =>
        _positions.TryGetValue(series, out var positions) && positions.TryGetValue(timeUs, out var position) ? position : null;

    private void Load(TimeSeriesStore store, SeriesGroup group, IReadOnlyList<string> names, long fromUs, long toUs)
    {
        foreach (var name in names)
        {
            using var result = store.Query(group, new SeriesQuery(name, fromUs, toUs, QueryStep.Raw));
            var suspects = result.Suspects;
            for (var i = 0; i < result.Count; i++)
            {
                if (LaneDevice.IsInternal(name))
                    Positions(name)[result.Times[i]] = (long)result.Values[i];
                else
                    Samples(result.Times[i])[name] = (result.Values[i], !suspects.IsEmpty && suspects[i]);
            }
        }
    }

    private void AssignMessages(DeviceDraft draft)
    {
        foreach (var (series, positions) in _positions)
        {
            foreach (var (timeUs, position) in positions)
            {
                var instant = InstantOf(series, timeUs, draft);
                if (!_messages.TryGetValue(instant, out var messages))
                    _messages.Add(instant, messages = []);
                messages.Add(position);
            }
        }
    }

    /// <summary>The reading's time behind a provenance entry: further messages of one instant stand a microsecond behind one another.</summary>
    private long InstantOf(string series, long timeUs, DeviceDraft draft)
    {
        if (series != LaneDevice.PositionSeries)
            return timeUs;
        for (var at = timeUs; ; at--)
        {
            if (_samples.ContainsKey(at) || draft.Instants.ContainsKey(at))
                return at;
            if (timeUs - at >= ShiftMaxUs || PositionAt(series, at - 1) is null)
                return timeUs;
        }
    }

    private SortedList<long, long> Positions(string series) =>
        _positions.TryGetValue(series, out var positions) ? positions : _positions[series] = [];

    private Dictionary<string, (double Value, bool IsSuspect)> Samples(long timeUs) =>
        _samples.TryGetValue(timeUs, out var samples) ? samples : _samples[timeUs] = new(StringComparer.Ordinal);

    private static List<(long FromUs, long ToUs)> Ranges(SortedSet<long> times)
    {
        var ranges = new List<(long FromUs, long ToUs)>();
        if (times.Count == 0)
            return ranges;
        var gapUs = Math.Max(MinuteUs, (times.Max - times.Min) / RangesMax);
        foreach (var time in times)
        {
            if (ranges.Count > 0 && time - ranges[^1].ToUs <= gapUs)
                ranges[^1] = (ranges[^1].FromUs, time);
            else
                ranges.Add((time, time));
        }

        return ranges;
    }
}
