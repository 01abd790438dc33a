namespace Garam.Platform.Alarms;

/// <summary>Something the desk's loop does in a batch for somebody who waits. It fails at once when the batch does, and is not tried again.</summary>
/// <remarks>A call that only completes is a flush.</remarks>
internal sealed class DeskCall(Func<AlarmBatch, object?>? act)
{
    private readonly TaskCompletionSource<object?> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private object? _result;

    public Task<object?> Task => _done.Task;

    public bool IsFlush => act is null;

    public void Run(AlarmBatch batch) => _result = act?.Invoke(batch);

    public void Committed() => _done.TrySetResult(_result);

    public void Failed(Exception cause) => _done.TrySetException(cause);
}
