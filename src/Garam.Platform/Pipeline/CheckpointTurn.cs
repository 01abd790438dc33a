namespace Garam.Platform.Pipeline;

/// <summary>Counts checkpoints, so that others can await the first that begins after now. Thread-safe.</summary>
internal sealed class CheckpointTurn
{
    private TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _begun;
    private long _done;

    /// <summary>Called while the lanes stand still.</summary>
    /// <returns>The checkpoint's number, for <see cref="End"/>.</returns>
    public long Begin() => Interlocked.Increment(ref _begun);

    /// <summary>The checkpoint is on disk.</summary>
    public void End(long number)
    {
        Volatile.Write(ref _done, number);
        Interlocked.Exchange(ref _ended, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    /// <summary>Completes when a checkpoint that began after the call is on disk.</summary>
    /// <param name="want">Asks for a checkpoint.</param>
    /// <param name="stopped">Ends when there will be none any more.</param>
    /// <exception cref="OperationCanceledException">The pipeline stopped before.</exception>
    public async Task AfterNowAsync(Action want, Task stopped, CancellationToken cancellation)
    {
        var wanted = Volatile.Read(ref _begun) + 1;
        while (true)
        {
            var ended = Volatile.Read(ref _ended).Task;
            if (Volatile.Read(ref _done) >= wanted)
                return;
            if (stopped.IsCompleted)
                throw new OperationCanceledException("The pipeline has stopped.");
            want();
            await Task.WhenAny(ended, stopped).WaitAsync(cancellation);
        }
    }
}
