using Garam.Log.Checkpoints;
using Garam.Log.Commit;
using Garam.Log.Recovery;
using Garam.Log.Segments;
using Garam.Log.Storage;

namespace Garam.Log;

/// <summary>
/// A durable, append-only log in a folder of segment files.
/// <list type="bullet">
/// <item>A record is acknowledged when <see cref="WaitDurableAsync"/> completes: it is on the disk then, and every later opening
/// finds it, in order, once, until retention removes it.</item>
/// <item>Many appends share one flush. Appending never waits for the disk; it is refused when too much is waiting.</item>
/// <item>Readers see durable records only.</item>
/// <item>A failed write or flush stops the log for good (<see cref="Failure"/>). A full disk does not: the log takes nothing
/// until there is room again, keeps what it has taken, and goes on by itself.</item>
/// <item>One process at a time. All members may be called from any thread.</item>
/// </list>
/// </summary>
public sealed class DurableLog : IAsyncDisposable
{
    private readonly string _directory;
    private readonly LogOptions _options;
    private readonly ILogStorage _storage;
    private readonly TimeProvider _time;
    private readonly IDisposable _lock;
    private readonly uint _salt;
    private readonly CheckpointStore _checkpoints;
    private readonly SegmentAppender _appender;
    private readonly FlushStatistics _statistics = new();
    private readonly FlushLoop _flushLoop;
    private readonly TaskCompletionSource _flushThreadEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _retentionLock = new();
    private readonly long _firstAppended;
    private int _disposed;
    private long _recordsLostWhileReading;

    private DurableLog(string directory, LogOptions options, ILogStorage storage, TimeProvider time, bool flushThread, IDisposable held)
    {
        (_directory, _options, _storage, _time, _lock) = (directory, options, storage, time, held);
        var pass = new RecoveryPass(directory, options, storage, time);
        Recovery = pass.Run();
        _salt = pass.Salt;
        _checkpoints = pass.Checkpoints;
        _firstAppended = pass.Next;
        Segments = new SegmentList(pass.Segments);
        Queue = new GroupQueue(options, _salt, pass.Next);
        _appender = new SegmentAppender(directory, options, storage, time, _salt, Segments);
        if (pass.NewestFile is { } file) _appender.Resume(pass.Segments[^1], file);
        _flushLoop = new FlushLoop(Queue, _appender, _statistics, options, time);
        if (flushThread) new Thread(RunFlushLoop) { Name = "garam-log-flush", IsBackground = true }.Start();
        else _flushThreadEnded.SetResult();
    }

    /// <summary>What opening found and mended.</summary>
    public LogRecovery Recovery { get; }

    /// <summary>The oldest record that is kept; equal to <see cref="Next"/> when there is none.</summary>
    public LogPosition First => Segments.Snapshot is [var oldest, ..] ? new LogPosition(oldest.First) : Durable;

    /// <summary>The position that the next record gets.</summary>
    public LogPosition Next => new(Queue.Next);

    /// <summary>Records before this one are durable and can be read.</summary>
    public LogPosition Durable => new(Queue.Durable);

    /// <summary>Why the log has stopped; null while it runs.</summary>
    public Exception? Failure => Queue.Failure;

    /// <summary>The disk is full or below its reserve: nothing is taken until there is room.</summary>
    public bool IsFull => Queue.IsFull;

    /// <summary>More waits for the disk than <see cref="LogOptions.CongestedBytes"/>, or the disk is full: producers should be held back.</summary>
    public bool IsCongested => Queue.IsCongested;

    /// <summary>Records that readers could not read since the log was opened.</summary>
    public long RecordsLostWhileReading => Volatile.Read(ref _recordsLostWhileReading);

    /// <summary>Bytes of all segments, by the records in them.</summary>
    public long Bytes => Segments.Snapshot.Sum(segment => segment.End.Offset);

    /// <summary>What the log has done since it was opened.</summary>
    public LogFigures Figures => _statistics.Read(Queue.Next - _firstAppended, Queue.AppendedBytes, Queue.UnflushedBytes);

    internal GroupQueue Queue { get; }

    internal SegmentList Segments { get; }

    /// <summary>Opens the log in a folder, which is made if it is missing, and recovers what it holds.</summary>
    /// <param name="directory">The log's own folder.</param>
    /// <param name="options">How the log is kept.</param>
    /// <param name="storage">Where files are; the machine's file system when omitted.</param>
    /// <param name="time">The clock for the age of segments; the system's when omitted.</param>
    /// <exception cref="ArgumentException">Options are wrong; the text names all that are.</exception>
    /// <exception cref="LogLockedException">The folder is in use.</exception>
    /// <exception cref="LogVersionException">The folder is of a newer format.</exception>
    /// <exception cref="InvalidDataException">Files of two logs have been mixed, or nothing in the folder can be verified; nothing was cut.</exception>
    /// <exception cref="IOException">The folder cannot be read or written.</exception>
    public static DurableLog Open(string directory, LogOptions options, ILogStorage? storage = null, TimeProvider? time = null) =>
        Open(directory, options, storage ?? FileLogStorage.Instance, time ?? TimeProvider.System, flushThread: true);

    /// <summary>Without a flush thread the caller decides when <see cref="FlushOnce"/> runs: a simulation repeats itself exactly.</summary>
    internal static DurableLog Open(string directory, LogOptions options, ILogStorage storage, TimeProvider time, bool flushThread)
    {
        var errors = options.Validate();
        if (errors.Count > 0) throw new ArgumentException(string.Join(Environment.NewLine, errors), nameof(options));
        storage.CreateDirectory(directory);
        var held = storage.Lock(Path.Combine(directory, LogFiles.Lock));
        try
        {
            return new DurableLog(directory, options, storage, time, flushThread, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Takes a record of <paramref name="header"/> followed by <paramref name="body"/>. It is in the log once
    /// <see cref="WaitDurableAsync"/> for the returned position completes.
    /// </summary>
    /// <exception cref="ArgumentException">The record is larger than <see cref="LogOptions.RecordBytesMax"/>.</exception>
    /// <exception cref="LogCongestedException">Too much waits for the disk; see <see cref="WaitForRoomAsync"/>.</exception>
    /// <exception cref="LogFullException">The disk is full.</exception>
    /// <exception cref="LogFailedException">The log has stopped.</exception>
    /// <exception cref="ObjectDisposedException">The log is closing or closed.</exception>
    public LogPosition Append(ReadOnlySpan<byte> header, ReadOnlySpan<byte> body)
    {
        if (Queue.TryAppend(header, body, out var position)) return position;
        throw IsFull
            ? new LogFullException("The disk is full, or has less free space than its reserve. The log goes on once there is room.")
            : new LogCongestedException("The log cannot keep up: its buffer is full. Wait for room and append again.");
    }

    /// <summary>As <see cref="Append"/>, but false instead of an exception when there is no room: wait with <see cref="WaitForRoomAsync"/>.</summary>
    public bool TryAppend(ReadOnlySpan<byte> header, ReadOnlySpan<byte> body, out LogPosition position) =>
        Queue.TryAppend(header, body, out position);

    /// <summary>Completes when the log is not congested; at once when it is not.</summary>
    /// <exception cref="LogFailedException">The log has stopped.</exception>
    public ValueTask WaitForRoomAsync(CancellationToken cancellation = default) => Queue.WaitForRoomAsync(cancellation);

    /// <summary>Completes when the record at a position is durable. Waiting for the last of several records covers them all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No record has that position yet.</exception>
    /// <exception cref="LogFailedException">The log has stopped before; whether the record survives is unknown.</exception>
    public ValueTask WaitDurableAsync(LogPosition position, CancellationToken cancellation = default) =>
        Queue.WaitDurableAsync(position.Value, cancellation);

    /// <summary>A reader that begins with a position from <see cref="First"/> to <see cref="Next"/>. Dispose it: it keeps a segment open.</summary>
    /// <exception cref="LogPositionGoneException">Retention has removed the position.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The position is beyond the end.</exception>
    public LogReader OpenReader(LogPosition from)
    {
        CheckReadable(from);
        return new LogReader(this, _salt, from);
    }

    /// <summary>
    /// Reads one record into the block, by the index of its segment. False when it is not durable yet or damaged.
    /// For many records in a row keep a reader and <see cref="LogReader.Seek"/>.
    /// </summary>
    /// <exception cref="LogPositionGoneException">Retention has removed the position.</exception>
    public bool TryRead(LogPosition position, LogBlock block)
    {
        block.Clear();
        if (position >= Durable) return false;
        using var reader = OpenReader(position);
        return reader.ReadOne(block);
    }

    /// <summary>
    /// A position at or before every record that was appended at or after a time: the beginning of the segment in use then.
    /// </summary>
    public LogPosition FirstAppendedSince(DateTimeOffset time)
    {
        var first = First;
        foreach (var segment in Segments.Snapshot)
        {
            if (segment.Created > time) break;
            first = new LogPosition(segment.First);
        }
        return first;
    }

    /// <summary>How far a consumer has got: the first record it still needs. Null when it never said, or its file is damaged.</summary>
    public LogPosition? GetCheckpoint(string name) => _checkpoints.Get(name) is { } position ? new LogPosition(position) : null;

    /// <summary>Keeps how far a consumer has got; durable on return. Records from there on are kept for it.</summary>
    /// <param name="name">1 to 64 of a-z, 0-9, '-', '_', '.'.</param>
    /// <param name="position">The first record the consumer still needs; at most <see cref="Durable"/>.</param>
    /// <exception cref="IOException">It could not be written; the checkpoint before it stands.</exception>
    public void SetCheckpoint(string name, LogPosition position)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position.Value, nameof(position));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(position, Durable);
        _checkpoints.Set(name, position.Value);
    }

    /// <summary>Forgets a consumer: nothing is kept for it any more.</summary>
    public void RemoveCheckpoint(string name) => _checkpoints.Remove(name);

    /// <summary>
    /// Removes the oldest segments that are too old or too many and that no checkpoint needs. The newest always stays.
    /// A reader inside a removed segment reads it to its end. Returns how many bytes were removed.
    /// </summary>
    /// <exception cref="IOException">A file could not be removed; call again later.</exception>
    public long ApplyRetention()
    {
        lock (_retentionLock)
            return new RetentionPass(_directory, _options, _storage, Segments, _checkpoints.Lowest, _time.GetUtcNow()).Run();
    }

    /// <summary>Stops taking records, flushes what was taken, closes the files and gives the folder free.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        Queue.Close();
        await _flushThreadEnded.Task.ConfigureAwait(false);
        while (_flushLoop.FlushOnce())
        {
            // Only without a flush thread is something left here.
        }
        try
        {
            if (Queue.Failure is null) _appender.Close();
        }
        finally
        {
            _appender.Drop();
            Queue.Abandon();
            _lock.Dispose();
        }
    }

    /// <summary>Flushes one group on the caller's thread; only for a log without a flush thread.</summary>
    internal bool FlushOnce() => _flushLoop.FlushOnce();

    internal void CheckReadable(LogPosition position)
    {
        var first = First;
        if (position < first) throw new LogPositionGoneException(position, first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(position, Next);
    }

    internal void ReportCorruption(LogCorruption corruption)
    {
        Interlocked.Add(ref _recordsLostWhileReading, corruption.Records);
        _options.CorruptionFound?.Invoke(corruption);
    }

    private void RunFlushLoop()
    {
        try
        {
            _flushLoop.Run();
        }
        finally
        {
            _flushThreadEnded.SetResult();
        }
    }
}
