using Garam.Platform.Pipeline;
using Garam.TimeSeries;

namespace Garam.Platform.Replay;

/// <summary>
/// The texts of a draft. The store keeps a text's changes only, so what was in force behind the draft is written there again when the draft
/// ends on another text.
/// </summary>
internal sealed class TextRepair(
    TimeSeriesStore store, SeriesGroup group, DeviceDraft draft, StoredStretch stored, Func<long, bool> isForeign, string device, ReplayTally tally,
    bool isDryRun)
{
    private readonly long _fromUs = Math.Max(stored.ChangeableFromUs, stored.Instants.Count == 0 ? 0 : stored.Instants.First());
    private readonly long _toUs = stored.Instants.Count == 0 ? 0 : stored.Instants.Last() + 1;

    /// <summary>Repairs all texts; true when something was removed.</summary>
    public bool Run()
    {
        if (_fromUs >= _toUs)
            return false;
        var newest = new List<NewestText>();
        group.CopyNewestTexts(newest);
        var names = draft.Instants.Values.SelectMany(i => i.Texts.Keys).Concat(newest.Select(t => t.Name)).ToHashSet(StringComparer.Ordinal);
        var hasRemoved = false;
        foreach (var name in names)
            hasRemoved |= Repair(name, newest.Find(t => t.Name == name) is { Name: not null } text ? text.TimeUs : null);
        return hasRemoved;
    }

    private bool Repair(string name, long? newestUs)
    {
        var before = store.TextAt(group, name, _fromUs - 1)?.Value;
        var old = store.TextEvents(group, name, _fromUs, _toUs, int.MaxValue);
        var values = Values(name, old, out var last);
        var changes = new List<TextEvent>();
        var inForce = before;
        foreach (var (timeUs, value) in values)
        {
            if (value != inForce)
                changes.Add(new TextEvent(timeUs, value));
            inForce = value;
        }

        Count(name, old, changes);
        if (isDryRun)
            return false;
        var hasRemoved = false;
        if (!old.SequenceEqual(changes))
            hasRemoved = Write(name, old, changes, old.Count > 0 ? old[^1].Value : before, inForce);
        if (last is { } reading && reading.TimeUs >= (newestUs ?? long.MinValue))
        {
            group.AppendText(name, reading.TimeUs, reading.Value);
        }
        else if (newestUs is { } lost && lost < _toUs && !values.ContainsKey(lost) && IsOurs(lost))
        {
            group.RemoveText(name, lost);
            hasRemoved = true;
        }

        return hasRemoved;
    }

    /// <summary>What the text is at each reading that has it: the draft's, and the stored changes of readings that are not ours.</summary>
    private SortedDictionary<long, string> Values(string name, IReadOnlyList<TextEvent> old, out TextEvent? last)
    {
        last = null;
        var values = new SortedDictionary<long, string>();
        foreach (var change in old)
        {
            if (!IsOurs(change.TimeUs))
                values[change.TimeUs] = change.Value;
        }

        foreach (var (timeUs, instant) in draft.Instants)
        {
            if (timeUs < _fromUs || !instant.Texts.TryGetValue(name, out var value))
                continue;
            values[timeUs] = value;
            last = new TextEvent(timeUs, value);
        }

        return values;
    }

    private bool IsOurs(long timeUs) => stored.Instants.Contains(timeUs) && !stored.MessagesAt(timeUs).Any(isForeign);

    private void Count(string name, IReadOnlyList<TextEvent> old, List<TextEvent> changes)
    {
        var former = old.ToDictionary(e => e.TimeUs, e => e.Value);
        foreach (var (timeUs, value) in changes)
        {
            if (!former.Remove(timeUs, out var was))
                tally.Add(device, name, timeUs, null, value);
            else if (was != value)
                tally.Add(device, name, timeUs, was, value);
        }

        foreach (var (timeUs, was) in former)
            tally.Add(device, name, timeUs, was, null);
    }

    private bool Write(string name, IReadOnlyList<TextEvent> old, List<TextEvent> changes, string? endedAs, string? endsAs)
    {
        var next = store.TextEvents(group, name, _toUs, long.MaxValue, 1);
        var removed = old.Where(o => !changes.Exists(c => c.TimeUs == o.TimeUs)).ToList();
        foreach (var change in removed)
            group.RemoveText(name, change.TimeUs);
        // All of them, not only those that differ: writing one drops the next when it says the same.
        foreach (var change in changes)
            group.AppendText(name, change.TimeUs, change.Value);
        if (endedAs is not null && endedAs != endsAs && NextReading() is { } readingUs && (next.Count == 0 || readingUs < next[0].TimeUs))
            group.AppendText(name, readingUs, endedAs);
        if (next.Count > 0)
            group.AppendText(name, next[0].TimeUs, next[0].Value);
        return removed.Count > 0;
    }

    /// <summary>The first reading behind the draft: there the text that was in force goes on.</summary>
    private long? NextReading()
    {
        long? next = null;
        foreach (var series in group.SeriesNames().Where(LaneDevice.IsInternal))
        {
            foreach (var span in new[] { TimeSpan.FromHours(1), TimeSpan.FromDays(1), TimeSpan.FromDays(400) })
            {
                using var samples = store.Query(group, new SeriesQuery(series, _toUs, _toUs + (span.Ticks / TimeSpan.TicksPerMicrosecond), QueryStep.Raw));
                if (samples.Count == 0)
                    continue;
                next = Math.Min(next ?? long.MaxValue, samples.Times[0]);
                break;
            }
        }

        return next;
    }
}
