using System.Text;
using Garam.TimeSeries.Chunks;
using Garam.TimeSeries.Head;
using Garam.TimeSeries.Texts;

namespace Garam.TimeSeries;

/// <summary>
/// Series that are written together, for example those of one device. One thread appends to a group at a time; any
/// thread may read. Everything inside is under one lock, held for well under a microsecond by an append in time order.
/// A late sample may read one block from disk to be compared with what is stored.
/// </summary>
public sealed class SeriesGroup
{
    /// <summary>The handle of a series that was refused.</summary>
    public const int NoSeries = -1;

    private readonly HeadContext context;
    private readonly Dictionary<string, int> handles = new(StringComparer.Ordinal);
    private SeriesSlot[] slots = [];
    private int slotCount;

    internal SeriesGroup(HeadContext context, long id, string key)
    {
        this.context = context;
        Id = id;
        Key = key;
    }

    /// <summary>The group's name in the store.</summary>
    public string Key { get; }

    /// <summary>Retention class; empty for the store's own retention. Set through the store.</summary>
    public string RetentionClass { get; internal set; } = "";

    internal long Id { get; }

    internal Lock Gate { get; } = new();

    internal List<Track> Tracks { get; } = [];

    internal List<TextSlot> Texts { get; } = [];

    /// <summary>Handles of series that have a track which no commit has written yet.</summary>
    internal List<int> NewSeries { get; set; } = [];

    internal bool IsStored { get; set; }

    internal bool IsQueuedForCommit { get; set; }

    internal bool IsDeleted { get; set; }

    internal ReadOnlySpan<SeriesSlot> Slots => slots.AsSpan(0, slotCount);

    /// <summary>The handle of a series, made when missing; <see cref="NoSeries"/> when the group is full or the name too long.</summary>
    public int Series(string name, SeriesKind kind = SeriesKind.Number)
    {
        lock (Gate)
        {
            if (handles.TryGetValue(name, out var handle)) return handle;
            if (slotCount + Texts.Count >= context.Options.SeriesPerGroupMax) return NoSeries;
            if (Encoding.UTF8.GetByteCount(name) > context.Options.NameBytesMax) return NoSeries;
            return AddSlot(new SeriesSlot(context.Names.Intern(name), kind));
        }
    }

    /// <summary>The handle of a series that exists, else <see cref="NoSeries"/>.</summary>
    public int FindSeries(string name)
    {
        lock (Gate) return handles.GetValueOrDefault(name, NoSeries);
    }

    /// <summary>What a series is; a number when there is none of that name.</summary>
    public SeriesKind KindOf(string name)
    {
        lock (Gate) return handles.TryGetValue(name, out var handle) ? slots[handle].Kind : SeriesKind.Number;
    }

    /// <summary>Names of all series, with or without samples, in order of first sight.</summary>
    public IReadOnlyList<string> SeriesNames()
    {
        lock (Gate) return [.. slots.Take(slotCount).Select(slot => slot.Name)];
    }

    /// <summary>Samples of times before it cannot be changed: retention has deleted some of them.</summary>
    public long ChangeableFromUs
    {
        get
        {
            lock (Gate)
            {
                var from = long.MinValue;
                foreach (var track in Tracks)
                {
                    Load(track);
                    from = Math.Max(from, track.RawHorizon);
                }

                return from;
            }
        }
    }

    /// <summary>
    /// Puts one reading. A sample with the same series and time as one stored replaces it when the value or quality
    /// differs. Times lie between <see cref="UtcTime.MinUs"/> and <see cref="UtcTime.MaxUs"/>.
    /// </summary>
    public AppendOutcome Append(long timeUs, ReadOnlySpan<SeriesSample> samples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeUs, UtcTime.MinUs);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeUs, UtcTime.MaxUs);
        lock (Gate)
        {
            if (IsDeleted) return AppendOutcome.GroupDeleted;
            if (samples.IsEmpty) return AppendOutcome.Duplicate;
            var all = Slots;
            var track = all[samples[0].Series].Track;
            if (track is null || !track.IsLoaded || timeUs <= track.LastTime) return AppendAnyhow(timeUs, samples);
            foreach (ref readonly var sample in samples)
                if (all[sample.Series].Track != track) return AppendAnyhow(timeUs, samples);

            var row = track.AddRow(timeUs);
            foreach (ref readonly var sample in samples)
            {
                var suspect = (sample.Flags & SampleFlags.Suspect) != 0;
                track.SetNewest(row, timeUs, all[sample.Series].Column, Cell.From(sample.Value), suspect);
            }

            track.SealIfFull(context.Buffers);
            MarkDirty(track);
            return AppendOutcome.Stored;
        }
    }

    /// <summary>
    /// Removes one sample; false when there is none. Rollups follow with the next commit. When it was the series' newest, the series has
    /// none until <see cref="TimeSeriesStore.RestoreNewest"/> finds the one before.
    /// </summary>
    public bool Remove(long timeUs, int series)
    {
        lock (Gate)
        {
            if (IsDeleted || slots[series].Track is not { } track) return false;
            Load(track);
            if (timeUs < track.RawHorizon || !track.Remove(timeUs, slots[series].Column, context.Archive)) return false;
            MarkDirty(track);
            return true;
        }
    }

    /// <summary>
    /// Removes what a text changed to at this time; the text before it lasts on. When it was the newest, the text has none until
    /// <see cref="TimeSeriesStore.RestoreNewest"/> finds the one before.
    /// </summary>
    public void RemoveText(string name, long timeUs)
    {
        lock (Gate)
        {
            if (IsDeleted || FindText(name) is not { } slot || timeUs > slot.NewestTime) return;
            slot.Pending.Add(new TextEntry(timeUs, null));
            if (timeUs == slot.NewestTime) (slot.NewestTime, slot.Newest) = (long.MinValue, []);
            slot.IsDirty = true;
            QueueForCommit();
        }
    }

    /// <summary>
    /// Keeps the newest text of a name, and an event when it differs from the text before it in time. The same call
    /// repeated changes nothing.
    /// </summary>
    public TextOutcome AppendText(string name, long timeUs, ReadOnlySpan<byte> utf8)
    {
        lock (Gate)
        {
            if (IsDeleted) return TextOutcome.GroupDeleted;
            var slot = utf8.Length > context.Options.TextBytesMax ? null : FindText(name) ?? AddText(name);
            if (slot is null) return TextOutcome.Refused;
            var same = utf8.SequenceEqual(slot.Newest);
            if (timeUs < slot.NewestTime || !same || slot.NewestTime == long.MinValue)
                slot.Pending.Add(new TextEntry(timeUs, utf8.ToArray()));
            if (timeUs >= slot.NewestTime)
            {
                if (timeUs == slot.NewestTime && same) return TextOutcome.Unchanged;
                slot.NewestTime = timeUs;
                if (!same) slot.Newest = utf8.ToArray();
            }

            slot.IsDirty = true;
            QueueForCommit();
            return same ? TextOutcome.Unchanged : TextOutcome.Changed;
        }
    }

    /// <summary>As the other, from a string.</summary>
    public TextOutcome AppendText(string name, long timeUs, string value) => AppendText(name, timeUs, Encoding.UTF8.GetBytes(value));

    /// <summary>Appends the newest sample of every series that has one, in order of first sight.</summary>
    public void CopyNewest(List<NewestValue> target)
    {
        lock (Gate)
        {
            foreach (ref readonly var slot in Slots)
            {
                if (slot.Track is null) continue;
                var newest = slot.Track.Newest;
                var value = newest.Value(slot.Column);
                if (Cell.IsAbsent(value)) continue;
                target.Add(new NewestValue(slot.Name, slot.Kind, newest.Time(slot.Column), value, newest.IsSuspect(slot.Column)));
            }
        }
    }

    /// <summary>Appends the newest text of every name.</summary>
    public void CopyNewestTexts(List<NewestText> target)
    {
        lock (Gate)
        {
            foreach (var text in Texts)
                if (text.NewestTime > long.MinValue) target.Add(new NewestText(text.Name, text.NewestTime, Encoding.UTF8.GetString(text.Newest)));
        }
    }

    internal TextSlot? FindText(string name)
    {
        foreach (var text in Texts)
            if (text.Name == name) return text;
        return null;
    }

    /// <summary>A series as found on disk; widens or adds its track.</summary>
    internal void Restore(Track track, int column, string name, SeriesKind kind)
    {
        var handle = AddSlot(new SeriesSlot(context.Names.Intern(name), kind));
        slots[handle].Track = track;
        slots[handle].Column = column;
        if (column >= track.Columns) track.Widen(column + 1);
    }

    /// <summary>Makes sure the track's open block is in memory. Under the lock.</summary>
    internal void Load(Track track)
    {
        if (track.IsLoaded) return;
        context.Loader.Load(track);
    }

    internal void MarkDirty(Track track)
    {
        track.IsDirty = true;
        track.IdleCommits = 0;
        QueueForCommit();
    }

    internal void QueueForCommit()
    {
        if (IsQueuedForCommit) return;
        IsQueuedForCommit = true;
        context.Dirty.Add(this);
    }

    private AppendOutcome AppendAnyhow(long timeUs, ReadOnlySpan<SeriesSample> samples)
    {
        AssignTracks(samples);
        var outcome = PutAll(timeUs, samples, SampleFlags.None, out var measured);
        if (measured && outcome is AppendOutcome.Duplicate or AppendOutcome.Expired) return outcome;
        var provenance = PutAll(timeUs, samples, SampleFlags.Provenance, out _);
        return measured ? outcome : provenance;
    }

    /// <summary>Puts the samples whose role is <paramref name="role"/>.</summary>
    private AppendOutcome PutAll(long timeUs, ReadOnlySpan<SeriesSample> samples, SampleFlags role, out bool any)
    {
        any = false;
        var outcome = AppendOutcome.Duplicate;
        foreach (ref readonly var sample in samples)
        {
            if ((sample.Flags & SampleFlags.Provenance) != role) continue;
            any = true;
            var slot = slots[sample.Series];
            var track = slot.Track!;
            Load(track);
            if (timeUs < track.RawHorizon) return AppendOutcome.Expired;
            var suspect = (sample.Flags & SampleFlags.Suspect) != 0;
            var cell = track.Put(timeUs, slot.Column, Cell.From(sample.Value), suspect, context.Archive);
            if (cell == CellOutcome.Same) continue;
            track.SealIfFull(context.Buffers);
            MarkDirty(track);
            if (cell == CellOutcome.Changed) outcome = AppendOutcome.Replaced;
            else if (outcome == AppendOutcome.Duplicate) outcome = AppendOutcome.Stored;
        }

        return outcome;
    }

    /// <summary>New series join the track of the others in the reading, or found one together.</summary>
    private void AssignTracks(ReadOnlySpan<SeriesSample> samples)
    {
        Track? home = null;
        var homeless = 0;
        foreach (ref readonly var sample in samples)
        {
            var track = Slots[sample.Series].Track;
            if (track is null) homeless++;
            else home ??= track;
        }

        if (homeless == 0) return;
        foreach (ref readonly var sample in samples)
        {
            ref var slot = ref slots[sample.Series];
            if (slot.Track is not null) continue;
            if (home is null || home.Columns >= Track.ColumnsMax)
            {
                home = new Track(this, context.NextTrackId(), 0);
                home.Load([], null);
                Tracks.Add(home);
            }

            slot.Track = home;
            slot.Column = home.Columns;
            Load(home);
            home.Widen(home.Columns + 1);
            NewSeries.Add(sample.Series);
            QueueForCommit();
        }
    }

    private TextSlot? AddText(string name)
    {
        if (slotCount + Texts.Count >= context.Options.SeriesPerGroupMax) return null;
        if (Encoding.UTF8.GetByteCount(name) > context.Options.NameBytesMax) return null;
        var slot = new TextSlot(context.NextTextId(), context.Names.Intern(name));
        Texts.Add(slot);
        return slot;
    }

    private int AddSlot(SeriesSlot slot)
    {
        if (slotCount == slots.Length) Array.Resize(ref slots, Math.Max(4, slots.Length * 2));
        slots[slotCount] = slot;
        handles.Add(slot.Name, slotCount);
        return slotCount++;
    }
}
