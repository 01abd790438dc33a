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

    /// <summary>
    /// The loop itself, until it is stopped: a step, and a rest until the ring or for as long as the step says there is nothing to do. A step that
    /// fails is told and tried again.
    /// </summary>
    /// <param name="step">Does what there is to do; answers how long there is nothing more, zero to be called again at once.</param>
    /// <param name="failed">Told what a step threw: what the loop works on is stuck or damaged.</param>
    /// <param name="retry">How long after that it is tried again.</param>
    public async Task RunAsync(Func<Task<TimeSpan>> step, Action<Exception> failed, TimeSpan retry, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                Reset();
                if (await step() is var wait && wait > TimeSpan.Zero)
                    await WaitAsync(wait, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Supervised: whoever runs it knows what is stuck, and that it stays to be done.
                failed(e);
                await Task.Delay(retry, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
