using System.Text;
using Garam.TimeSeries.Storage;

namespace Garam.TimeSeries.Texts;

/// <summary>Reads the events of a text across disk and memory, by the rule that writes them.</summary>
internal sealed class TextHistory(ReaderPool readers)
{
    public List<TextEvent> Read(SeriesGroup group, string name, long from, long to, int eventsMax)
    {
        TextSlot? text;
        var pending = new List<TextEntry>();
        lock (group.Gate)
        {
            text = group.FindText(name);
            if (text is null) return [];
            pending.AddRange(text.Committing);
            pending.AddRange(text.Pending);
        }

        var events = new SortedList<long, byte[]>();
        using (var lease = readers.Rent())
        {
            // The one before tells whether the first pending text is a change.
            Add(lease.Reader.TextBefore(text.Id, from), events, 1);
            Add(lease.Reader.TextEvents(text.Id, from, to), events, eventsMax);
        }

        foreach (var entry in pending) Apply(events, entry);
        return [.. events.Where(e => e.Key >= from && e.Key < to).Take(eventsMax).Select(e => new TextEvent(e.Key, Encoding.UTF8.GetString(e.Value)))];
    }

    /// <summary>The last change up to a time; null when there is none. Looks at the last day first: most texts change now and then.</summary>
    public TextEvent? At(SeriesGroup group, string name, long time)
    {
        var recent = Read(group, name, time - UtcTime.DayUs, time + 1, int.MaxValue);
        if (recent.Count == 0) recent = Read(group, name, UtcTime.MinUs, time + 1, int.MaxValue);
        return recent.Count == 0 ? null : recent[^1];
    }

    private static void Add(SqliteStatement rows, SortedList<long, byte[]> events, int max)
    {
        while (max-- > 0 && rows.Step()) events[rows.Int64(0)] = rows.Blob(1).ToArray();
        rows.Reset();
    }

    private static void Apply(SortedList<long, byte[]> events, TextEntry entry)
    {
        events.Remove(entry.Time);
        var next = LowerBound(events.Keys, entry.Time);
        if (entry.Value is null)
        {
            if (next > 0 && next < events.Count && events.Values[next - 1].AsSpan().SequenceEqual(events.Values[next])) events.RemoveAt(next);
            return;
        }

        if (next < events.Count && events.Values[next].AsSpan().SequenceEqual(entry.Value)) events.RemoveAt(next);
        if (next > 0 && events.Values[next - 1].AsSpan().SequenceEqual(entry.Value)) return;
        events[entry.Time] = entry.Value;
    }

    private static int LowerBound(IList<long> times, long time)
    {
        int low = 0, high = times.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (times[middle] < time) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
