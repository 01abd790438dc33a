using System.Diagnostics;
using Garam.TimeSeries.Chunks;
using Garam.TimeSeries.Head;
using Garam.TimeSeries.Storage;

namespace Garam.TimeSeries.Commits;

/// <summary>Takes the dirty groups, writes them in one transaction, and installs the result in the head. One commit at a time.</summary>
internal sealed class CommitWriter(HeadContext context, StoreWriter store, WriteGate gate, DamageLog damage)
{
    public const string TokenKey = "checkpoint";

    /// <summary>A track that nothing was appended to for so many commits leaves the memory but for its newest values.</summary>
    private const int IdleCommitsBeforeUnload = 16;

    private readonly TrackCommit tracks = new(store, damage);
    private readonly TextCommit texts = new(store);
    private readonly ByteSink newest = new();
    private readonly List<Track> loaded = [];
    private int inProgress;

    public long Commits { get; private set; }

    public TimeSpan LastDuration { get; private set; }

    /// <summary>The caller sees to it that no append runs.</summary>
    public List<GroupSnapshot> Take()
    {
        if (Interlocked.Exchange(ref inProgress, 1) != 0) throw new InvalidOperationException("A commit is in progress.");
        var dirty = context.Dirty.Take();
        var snapshots = new List<GroupSnapshot>(dirty.Count);
        foreach (var group in dirty)
        {
            lock (group.Gate)
            {
                group.IsQueuedForCommit = false;
                if (!group.IsDeleted) snapshots.Add(Take(group));
            }
        }

        return snapshots;
    }

    public void Write(byte[] token, List<GroupSnapshot> groups)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            gate.Run(() => WriteGated(token, groups));
        }
        finally
        {
            LastDuration = Stopwatch.GetElapsedTime(started);
            Volatile.Write(ref inProgress, 0);
        }
    }

    public void GiveUp(List<GroupSnapshot> groups)
    {
        foreach (var group in groups) Thaw(group);
        Volatile.Write(ref inProgress, 0);
    }

    private void WriteGated(byte[] token, List<GroupSnapshot> groups)
    {
        try
        {
            store.InTransaction(() =>
            {
                foreach (var group in groups) Write(group);
                store.PutMeta.Bind(1, TokenKey).Bind(2, token).Run();
            });
        }
        catch
        {
            foreach (var group in groups) Thaw(group);
            throw;
        }

        foreach (var group in groups) Install(group);
        UnloadIdle();
        Commits++;
    }

    private GroupSnapshot Take(SeriesGroup group)
    {
        var taken = new List<TrackSnapshot>(group.Tracks.Count);
        foreach (var track in group.Tracks)
        {
            if (!track.IsDirty) continue;
            newest.Clear();
            track.Newest.Write(newest);
            track.Freeze();
            taken.Add(new TrackSnapshot(track, newest.Written.ToArray()));
        }

        var takenTexts = new List<TextSnapshot>();
        foreach (var text in group.Texts)
        {
            if (!text.IsDirty) continue;
            text.Freeze();
            takenTexts.Add(new TextSnapshot(text, text.NewestTime, text.Newest, text.Committing));
        }

        var snapshot = new GroupSnapshot(group, !group.IsStored, group.NewSeries, taken, takenTexts);
        group.NewSeries = [];
        return snapshot;
    }

    private void Write(GroupSnapshot snapshot)
    {
        var group = snapshot.Group;
        if (group.IsDeleted) return;
        if (snapshot.IsNew) store.PutGroup.Bind(1, group.Id).Bind(2, group.Key).Bind(3, group.RetentionClass).Run();
        foreach (var handle in snapshot.NewSeries)
        {
            SeriesSlot slot;
            lock (group.Gate) slot = group.Slots[handle];
            store.PutSeries
                .Bind(1, slot.Track!.Id)
                .Bind(2, slot.Column)
                .Bind(3, group.Id)
                .Bind(4, (long)slot.Kind)
                .Bind(5, slot.Name)
                .Run();
        }

        foreach (var track in snapshot.Tracks) tracks.Write(track);
        foreach (var text in snapshot.Texts) texts.Write(group, text);
    }

    private void Install(GroupSnapshot snapshot)
    {
        lock (snapshot.Group.Gate)
        {
            snapshot.Group.IsStored = true;
            foreach (var taken in snapshot.Tracks)
            {
                var track = taken.Track;
                track.Install(taken.Chunks, taken.Sealed.Length, taken.OpenFrom, taken.TailRows, taken.RebuiltTail, context.Buffers);
                if (taken.CloseAll) track.CloseRequested = false;
                context.Archive.Forget(track);
                if (!track.IsWatched) loaded.Add(track);
                track.IsWatched = true;
                track.IdleCommits = 0;
            }

            foreach (var text in snapshot.Texts) text.Text.Installed();
        }
    }

    private void Thaw(GroupSnapshot snapshot)
    {
        lock (snapshot.Group.Gate)
        {
            snapshot.NewSeries.AddRange(snapshot.Group.NewSeries);
            snapshot.Group.NewSeries = snapshot.NewSeries;
            foreach (var track in snapshot.Tracks) track.Track.Thaw();
            foreach (var text in snapshot.Texts) text.Text.Thaw();
            snapshot.Group.QueueForCommit();
        }
    }

    private void UnloadIdle() => loaded.RemoveAll(track =>
    {
        lock (track.Group.Gate)
        {
            if (track.Group.IsDeleted) return true;
            if (track.IsDirty || ++track.IdleCommits <= IdleCommitsBeforeUnload) return false;
            track.Unload();
            track.IsWatched = false;
            return true;
        }
    });
}
