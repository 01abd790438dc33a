namespace Garam.Platform.Pipeline;

/// <summary>The lanes of a pipeline: which one a device belongs to, and what is done with all of them.</summary>
internal sealed class LaneSet(Lane[] lanes)
{
    public Lane[] All => lanes;

    /// <summary>Whether a lane met a defect.</summary>
    public bool HasStopped => Array.Exists(lanes, lane => lane.Completion.IsFaulted);

    public int IndexOf(uint deviceHash) => (int)(deviceHash % (uint)lanes.Length);

    public Lane Of(uint deviceHash) => lanes[IndexOf(deviceHash)];

    /// <summary>Runs something on a lane, between two messages, and waits for it.</summary>
    public async Task<T> RunOnAsync<T>(Lane chosen, Func<Lane, Task<T>> act, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        await chosen.GiveAsync(new LaneWork(null, async lane =>
        {
            try
            {
                done.SetResult(await act(lane));
            }
            catch (Exception e)
            {
                // The asker gets it; the lane goes on.
                done.SetException(e);
            }
        }), cancellation);
        // A lane that has stopped answers nothing; its own failure is the answer then.
        if (await Task.WhenAny(done.Task, chosen.Completion).WaitAsync(cancellation) != done.Task && !done.Task.IsCompleted)
            await chosen.Completion;
        return await done.Task;
    }

    /// <summary>Brings every lane to a stand between two records, with all handed-out records done.</summary>
    public async Task<TaskCompletionSource> PauseAsync(CancellationToken cancellation)
    {
        var resume = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            var standing = new List<Task>(lanes.Length);
            foreach (var lane in lanes)
            {
                var stands = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                await lane.GiveAsync(new LaneWork(null, async stopped =>
                {
                    await stopped.ReportAsync();
                    stands.SetResult();
                    await resume.Task;
                }), cancellation);
                standing.Add(Task.WhenAny(stands.Task, lane.Completion).Unwrap());
            }

            // A lane that stopped has not done its records: then this throws, and no checkpoint passes them.
            await Task.WhenAll(standing);
            return resume;
        }
        catch
        {
            // The lanes that already stand must not wait for a checkpoint that never comes.
            resume.SetResult();
            throw;
        }
    }

    /// <summary>Lets every lane end after what it has been given.</summary>
    public async Task EndAsync()
    {
        foreach (var lane in lanes)
            lane.Complete();
        await Task.WhenAll(lanes.Select(l => l.Completion)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
