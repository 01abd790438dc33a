namespace Garam.Platform.Pipeline;

/// <summary>How far the pipeline is; read by the gate for back-pressure and by the metrics.</summary>
public sealed class PipelineProgress
{
    private readonly Func<long> _logged;
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _processed;
    private long _awaited = long.MaxValue;

    internal PipelineProgress(Func<long> logged, long processed)
    {
        _logged = logged;
        _processed = processed;
    }

    /// <summary>Messages ever received: the log's next position.</summary>
    public long Received => _logged();

    /// <summary>Messages ever processed, over all lanes.</summary>
    public long Processed => Volatile.Read(ref _processed);

    /// <summary>Received and not yet processed.</summary>
    public long Lag => Math.Max(0, Received - Processed);

    internal void Add(int messages)
    {
        if (Interlocked.Add(ref _processed, messages) >= Volatile.Read(ref _awaited))
            _reached.TrySetResult();
    }

    /// <summary>Completes when so many messages have been processed. For the one who drains: the last call counts.</summary>
    internal Task ReachAsync(long processed)
    {
        Volatile.Write(ref _awaited, processed);
        if (Processed >= processed)
            _reached.TrySetResult();
        return _reached.Task;
    }
}
