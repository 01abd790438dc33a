using Garam.TimeSeries;

namespace Garam.Platform.Replay;

/// <summary>
/// Makes the store hold what a draft says of its messages, and nothing else of them. Runs on the device's lane.
/// </summary>
/// <remarks>
/// 1. A sample of a replayed message takes the place of what is stored at its instant, unless a message after it in the log, which is not
///    among the replayed, has written there since.
/// 2. What the draft does not say is removed where all messages behind the instant are replayed; where others had a part, it may be theirs.
/// 3. What the former spec put at another time is found by the provenance series, whatever that time was.
/// 4. Doing it again changes nothing.
/// </remarks>
internal sealed class DraftRepair
{
    private readonly TimeSeriesStore _store;
    private readonly SeriesGroup? _group;
    private readonly DeviceDraft _draft;
    private readonly StoredStretch _stored;
    private readonly ReplayTally _tally;
    private readonly ReplayDevice _source;
    private readonly string _device;
    private readonly ReplayBounds _bounds;
    private readonly bool _isDryRun;
    private readonly Dictionary<long, DraftMessage> _messages;
    private readonly HashSet<(long Position, long TimeUs)> _duplicates = [];
    private readonly List<SeriesSample> _puts = [];
    private bool _hasRemoved;

    /// <param name="group">Null in a dry run of a device of which nothing is stored.</param>
    public DraftRepair(TimeSeriesStore store, SeriesGroup? group, DeviceDraft draft, StoredStretch stored, ReplayDevice device, ReplayTally tally, ReplayBounds bounds)
    {
        _bounds = bounds;
        _store = store;
        _group = group;
        _draft = draft;
        _stored = stored;
        _source = device;
        _device = device.Id;
        _tally = tally;
        _isDryRun = bounds.IsDryRun;
        _messages = draft.Messages.Concat(draft.Instants.Values.SelectMany(i => i.Messages)).DistinctBy(m => m.Position).ToDictionary(m => m.Position);
    }

    public void Run()
    {
        foreach (var timeUs in _stored.Instants)
        {
            if (timeUs >= _stored.ChangeableFromUs)
                RepairInstant(timeUs);
            else
                _tally.Expired++;
        }

        RepairProvenance();
        if (_group is not null)
            _hasRemoved |= new TextRepair(_store, _group, _draft, _stored, IsForeign, _device, _tally, _isDryRun).Run();
        if (_hasRemoved && !_isDryRun)
            _store.RestoreNewest(_group!);
    }

    private bool IsForeign(long position) => !_messages.ContainsKey(position);

    private void RepairInstant(long timeUs)
    {
        var stored = _stored.At(timeUs);
        var others = _stored.MessagesAt(timeUs).Where(IsForeign).ToList();
        _draft.Instants.TryGetValue(timeUs, out var draft);
        if (draft is not null)
        {
            var newest = _stored.MessagesAt(timeUs).DefaultIfEmpty(-1).Max();
            foreach (var message in draft.Messages)
                message.IsOvertaken |= newest > message.Position;
            if (newest > _draft.LastPosition && newest < _bounds.End)
                _source.Carry(timeUs, draft);
            if (others.Count > 0)
                FindDuplicates(timeUs, draft, stored, others.Min());
            Put(timeUs, draft, stored);
        }

        if (others.Count > 0)
            return;
        foreach (var (metric, (value, _)) in stored)
        {
            if (draft?.Samples.ContainsKey(metric) ?? false)
                continue;
            _tally.Add(_device, metric, timeUs, value, null);
            if (!_isDryRun)
                Remove(metric, timeUs);
        }
    }

    /// <summary>A message that only repeats what one before it has stored is a duplicate, as it was when it came.</summary>
    private void FindDuplicates(
        long timeUs, DraftInstant draft, IReadOnlyDictionary<string, (double Value, bool IsSuspect)> stored, long earliestOther)
    {
        foreach (var message in draft.Messages)
        {
            var own = draft.Samples.Where(s => s.Value.Position == message.Position).ToList();
            if (earliestOther > message.Position || own.Count == 0 || _stored.MessagesAt(timeUs).Contains(message.Position))
                continue;
            if (own.TrueForAll(s => stored.TryGetValue(s.Key, out var held) && IsSame(s.Value, held)))
            {
                message.Readings--;
                _duplicates.Add((message.Position, timeUs));
            }
        }
    }

    private void Put(long timeUs, DraftInstant draft, IReadOnlyDictionary<string, (double Value, bool IsSuspect)> stored)
    {
        _puts.Clear();
        foreach (var (metric, sample) in draft.Samples)
        {
            var owner = _stored.OwnerOf(metric, timeUs);
            var exists = stored.TryGetValue(metric, out var held);
            if ((exists && IsSame(sample, held)) || (exists && owner > sample.Position && IsForeign(owner)))
                continue;
            _tally.Add(_device, metric, timeUs, exists ? held.Value : null, sample.Value);
            _messages[sample.Position].IsChange = true;
            if (!_isDryRun && _group!.Series(metric, sample.Kind) is >= 0 and var series)
                _puts.Add(new SeriesSample(series, sample.Value, sample.IsSuspect ? SampleFlags.Suspect : SampleFlags.None));
        }

        if (_puts.Count > 0)
            _group!.Append(timeUs, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_puts));
    }

    private void RepairProvenance()
    {
        var wanted = new HashSet<ProvenanceEntry>();
        foreach (var ((series, timeUs), position) in _draft.Provenance)
        {
            if (timeUs < _stored.ChangeableFromUs || IsDuplicate(position, timeUs))
                continue;
            // Messages before the range keep their place; this one stands behind them. One that came after has taken it for good.
            var at = timeUs;
            while (_stored.PositionAt(series, at) is { } held && held < _bounds.Start && at - timeUs < 999)
                at++;
            if (_stored.PositionAt(series, at) is not { } owner || owner <= position || !IsForeign(owner))
                wanted.Add(new ProvenanceEntry(series, at, position));
        }

        if (_isDryRun)
            return;
        foreach (var entry in _stored.Own)
        {
            if (!wanted.Contains(entry) && entry.TimeUs >= _stored.ChangeableFromUs)
                Remove(entry.Series, entry.TimeUs);
        }

        foreach (var (series, timeUs, position) in wanted)
        {
            if (_stored.PositionAt(series, timeUs) != position && _group!.Series(series) is >= 0 and var handle)
                _group.Append(timeUs, [new SeriesSample(handle, position, SampleFlags.Provenance)]);
        }
    }

    private bool IsDuplicate(long position, long timeUs)
    {
        for (var at = timeUs; at > timeUs - 1_000 && _duplicates.Count > 0; at--)
        {
            if (_duplicates.Contains((position, at)))
                return true;
        }

        return false;
    }

    private void Remove(string series, long timeUs)
    {
        if (_group!.FindSeries(series) is >= 0 and var handle)
            _hasRemoved |= _group.Remove(timeUs, handle);
    }

    private static bool IsSame(in DraftSample sample, (double Value, bool IsSuspect) held) => sample.Value.Equals(held.Value) && sample.IsSuspect == held.IsSuspect;
}
