namespace Garam.Platform.Notifications;

/// <summary>Wakes one loop. A ring while the loop works is kept: its next wait returns at once.</summary>
internal sealed class Bell(TimeProvider time)
{
    private TaskCompletionSource _rung = New();

    /// <summary>May be called by any thread.</summary>
    public void Ring() => Volatile.Read(ref _rung).TrySetResult();

    /// <summary>Called by the loop before it looks for work: what rings from here on is a reason to look again.</summary>
    public void Reset()
    {
        if (_rung.Task.IsCompleted)
            Volatile.Write(ref _rung, New());
    }

    /// <summary>Completes at the ring, or after <paramref name="limit"/>.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task WaitAsync(TimeSpan limit, CancellationToken cancellation)
    {
        try
        {
            await _rung.Task.WaitAsync(limit, time, cancellation);
        }
        catch (TimeoutException)
        {
            // The time has come.
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
