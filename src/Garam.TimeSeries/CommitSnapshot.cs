using Garam.TimeSeries.Commits;

namespace Garam.TimeSeries;

/// <summary>
/// What the store held when <see cref="TimeSeriesStore.BeginCommit"/> was called, on its way to disk while appends go on.
/// Complete it once, or dispose it to give up; in both other cases everything in it is part of the next commit.
/// </summary>
public sealed class CommitSnapshot : IDisposable
{
    private readonly CommitWriter writer;
    private readonly byte[] token;
    private readonly List<GroupSnapshot> groups;
    private bool ended;

    internal CommitSnapshot(CommitWriter writer, byte[] token, List<GroupSnapshot> groups)
    {
        this.writer = writer;
        this.token = token;
        this.groups = groups;
    }

    /// <summary>Groups with something to write.</summary>
    public int Groups => groups.Count;

    /// <summary>
    /// Writes everything and the token in one transaction, on a thread of the pool. When the task is done the commit
    /// survives the death of the process. On any failure the stored state is the commit before, nothing in memory is
    /// lost, and a new commit can be begun.
    /// </summary>
    /// <exception cref="TimeSeriesStorageException">The disk is full or the database refused.</exception>
    public Task CompleteAsync()
    {
        ObjectDisposedException.ThrowIf(ended, this);
        ended = true;
        return Task.Run(() => writer.Write(token, groups));
    }

    /// <summary>Gives up a commit that was not completed.</summary>
    public void Dispose()
    {
        if (ended) return;
        ended = true;
        writer.GiveUp(groups);
    }
}
