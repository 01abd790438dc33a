using Garam.Log.Frames;

namespace Garam.Log.Commit;

/// <summary>
/// Where appending threads and the flush thread meet.
/// <list type="bullet">
/// <item>Two groups: one fills while the other is written. Positions are given under the lock, in the order of the bytes.</item>
/// <item>Groups become durable strictly one after the other, so <c>Durable</c> only moves forward and never over a hole.</item>
/// <item>Everybody who waits for a group shares its one completion source; continuations run on the thread pool.</item>
/// <item>After a failure nothing is taken or acknowledged any more.</item>
/// </list>
/// All state is guarded by the lock; figures read without it are marked volatile and only advise.
/// </summary>
internal sealed class GroupQueue
{
    private readonly object _lock = new();
    private readonly uint _seed;
    private readonly int _recordBytesMax;
    private readonly int _congestedBytes;
    private Group _filling;
    private Group _spare;
    private Group? _flushing;
    private TaskCompletionSource? _room;
    private long _durable;
    private long _appendedBytes;
    private volatile int _flushingBytes;
    private volatile bool _full;
    private volatile Exception? _failure;
    private bool _flusherIdle;
    private bool _closing;

    internal GroupQueue(LogOptions options, uint salt, long next)
    {
        _seed = Frame.SeedOf(salt);
        _recordBytesMax = options.RecordBytesMax;
        _congestedBytes = options.CongestedBytes;
        _filling = new Group(options.GroupBytesMax);
        _spare = new Group(options.GroupBytesMax);
        _filling.Reset(next);
        _durable = next;
    }

    internal long Durable => Volatile.Read(ref _durable);

    internal long Next
    {
        get
        {
            lock (_lock) return _filling.End;
        }
    }

    internal Exception? Failure => _failure;

    internal long AppendedBytes => Volatile.Read(ref _appendedBytes);

    internal int UnflushedBytes => Volatile.Read(ref _filling).Length + _flushingBytes;

    internal bool IsFull => _full;

    internal bool IsCongested => UnflushedBytes > _congestedBytes || _full || _failure is not null;

    internal bool TryAppend(ReadOnlySpan<byte> header, ReadOnlySpan<byte> body, out LogPosition position)
    {
        var length = header.Length + body.Length;
        if ((uint)length > (uint)_recordBytesMax) throw TooLarge(length);
        var frameSize = Frame.SizeOf(length);
        var state = Frame.ChecksumPayload(_seed, header, body);
        lock (_lock)
        {
            if (_failure is not null || _closing) throw Stopped();
            var group = _filling;
            position = new LogPosition(group.End);
            if (_full || !group.HasRoomFor(frameSize)) return false;
            group.Add(header, body, state, frameSize);
            _appendedBytes += length;
            if (_flusherIdle)
            {
                _flusherIdle = false;
                Monitor.Pulse(_lock);
            }
        }
        return true;
    }

    internal ValueTask WaitDurableAsync(long position, CancellationToken cancellation)
    {
        if (position < Durable) return ValueTask.CompletedTask;
        Task task;
        lock (_lock)
        {
            if (position < _durable) return ValueTask.CompletedTask;
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(position, _filling.End);
            if (_failure is not null) return ValueTask.FromException(Stopped());
            task = WaitersOf(_flushing is not null && position < _flushing.End ? _flushing : _filling);
        }
        return new ValueTask(cancellation.CanBeCanceled ? task.WaitAsync(cancellation) : task);
    }

    /// <summary>Completes once there are durable records from a position on.</summary>
    internal ValueTask WaitBeyondAsync(long position, CancellationToken cancellation)
    {
        if (position < Durable) return ValueTask.CompletedTask;
        Task task;
        lock (_lock)
        {
            if (position < _durable) return ValueTask.CompletedTask;
            if (_failure is not null || _closing) return ValueTask.FromException(Stopped());
            task = WaitersOf(_flushing ?? _filling);
        }
        return new ValueTask(cancellation.CanBeCanceled ? task.WaitAsync(cancellation) : task);
    }

    internal ValueTask WaitForRoomAsync(CancellationToken cancellation)
    {
        if (!IsCongested) return ValueTask.CompletedTask;
        Task task;
        lock (_lock)
        {
            if (_failure is not null || _closing) return ValueTask.FromException(Stopped());
            if (!IsCongested) return ValueTask.CompletedTask;
            task = (_room ??= NewSource()).Task;
        }
        return new ValueTask(cancellation.CanBeCanceled ? task.WaitAsync(cancellation) : task);
    }

    /// <summary>Blocks the flush thread until there is something to flush; false when closing and nothing is left.</summary>
    internal bool WaitForWork()
    {
        lock (_lock)
        {
            while (_filling.IsEmpty && _flushing is null)
            {
                if (_closing || _failure is not null) return false;
                _flusherIdle = true;
                Monitor.Wait(_lock);
            }
            _flusherIdle = false;
            return _failure is null;
        }
    }

    /// <summary>Blocks the flush thread until a full disk is to be tried again, or the log is closing.</summary>
    internal void WaitWhileFull(TimeSpan delay)
    {
        lock (_lock)
        {
            if (!_closing) Monitor.Wait(_lock, delay);
        }
    }

    internal bool IsClosing
    {
        get
        {
            lock (_lock) return _closing;
        }
    }

    /// <summary>Records waiting in the group that fills.</summary>
    internal int FillingCount => Volatile.Read(ref _filling).Count;

    internal int FillingBytes => Volatile.Read(ref _filling).Length;

    /// <summary>The group to write now, or null. A group that met a full disk is handed out again, unchanged.</summary>
    internal Group? Take()
    {
        lock (_lock)
        {
            if (_failure is not null) return null;
            if (_flushing is not null) return _flushing;
            if (_filling.IsEmpty) return null;
            var group = _filling;
            _flushing = group;
            _flushingBytes = group.Length;
            _spare.Reset(group.End);
            _filling = _spare;
            return group;
        }
    }

    /// <summary>The group is durable.</summary>
    internal void Complete(Group group)
    {
        TaskCompletionSource? waiters, room;
        lock (_lock)
        {
            _durable = group.End;
            _flushing = null;
            _flushingBytes = 0;
            _full = false;
            _spare = group;
            waiters = group.Waiters;
            room = TakeRoom();
        }
        waiters?.SetResult();
        room?.SetResult();
    }

    internal void MarkFull() => _full = true;

    /// <summary>Stops the log for good.</summary>
    internal void Fail(Exception cause)
    {
        lock (_lock)
        {
            if (_failure is not null) return;
            _failure = cause;
        }
        Abandon();
    }

    /// <summary>No more appends; what has been appended is still flushed.</summary>
    internal void Close()
    {
        lock (_lock)
        {
            _closing = true;
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Tells everybody who still waits that nothing more will come.</summary>
    internal void Abandon()
    {
        TaskCompletionSource?[] sources;
        Exception reason;
        lock (_lock)
        {
            sources = [_flushing?.Waiters, _filling.Waiters, _room];
            (_filling.Waiters, _room) = (null, null);
            if (_flushing is not null) _flushing.Waiters = null;
            reason = Stopped();
            Monitor.PulseAll(_lock);
        }
        foreach (var source in sources)
        {
            if (source is null) continue;
            source.SetException(reason);
            // Who waits may have gone by cancellation: then nobody reads this, and that is no error.
            _ = source.Task.Exception;
        }
    }

    private static Task WaitersOf(Group group) => (group.Waiters ??= NewSource()).Task;

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TaskCompletionSource? TakeRoom()
    {
        if (_room is null || IsCongested) return null;
        var room = _room;
        _room = null;
        return room;
    }

    private Exception Stopped() => _failure is { } cause
        ? new LogFailedException($"The log has stopped, because writing to it failed: {cause.Message}", cause)
        : new ObjectDisposedException(nameof(DurableLog));

    private ArgumentException TooLarge(int length) =>
        new($"A record of {length} bytes is larger than RecordBytesMax ({_recordBytesMax}).");
}
