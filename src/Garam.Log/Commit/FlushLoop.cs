using Garam.Log.Storage;

namespace Garam.Log.Commit;

/// <summary>
/// The flush thread: takes what has been appended, writes and flushes it, tells who waits.
/// <list type="bullet">
/// <item>An idle log flushes a record at once: its latency is one flush.</item>
/// <item>While a flush runs the next group gathers by itself. When many records came that way, the thread waits a little for
/// more, as long as more keep coming and no longer than <see cref="LogOptions.GroupDelayMax"/>: producers that were just
/// released by the previous flush then land in one group instead of two.</item>
/// <item>A full disk keeps the group and tries again; every other failure stops the log.</item>
/// </list>
/// </summary>
internal sealed class FlushLoop(GroupQueue queue, SegmentAppender appender, FlushStatistics statistics, LogOptions options, TimeProvider time)
{
    /// <summary>A wait this long is about what Linux makes of the shortest timer (50 µs slack), and a tenth of a slow flush.</summary>
    private static readonly TimeSpan DelaySlice = TimeSpan.FromMicroseconds(50);

    /// <summary>Fewer records than this in a flush's time mean that waiting would win nothing: batches are too small to matter.</summary>
    private const int DelayFromRecords = 8;

    private int _recordsOfLastGroup;

    /// <summary>Runs until the queue is closed and drained, or has failed. Never throws.</summary>
    internal void Run()
    {
        while (queue.WaitForWork())
        {
            Gather();
            if (FlushOnce()) continue;
            if (queue.Failure is not null) return;
            if (queue.IsClosing)
            {
                queue.Fail(new DiskFullException("The disk was full while the log closed."));
                return;
            }
            queue.WaitWhileFull(LogLimits.FullRetryDelay);
        }
    }

    /// <summary>Flushes one group. False when there was none, when the disk is full, or when the log has failed.</summary>
    internal bool FlushOnce()
    {
        if (queue.Take() is not { } group) return false;
        try
        {
            var start = time.GetTimestamp();
            appender.Write(group);
            _recordsOfLastGroup = group.Count;
            Observe(group, time.GetElapsedTime(start));
            queue.Complete(group);
            return true;
        }
        catch (DiskFullException)
        {
            queue.MarkFull();
            return false;
        }
        catch (Exception cause)
        {
            // Whatever it was, the state of the file is unknown now, and who waits must hear of it.
            queue.Fail(cause);
            return false;
        }
    }

    private void Observe(Group group, TimeSpan elapsed)
    {
        statistics.Add(group.Count, group.Length, elapsed);
        options.FlushObserved?.Invoke(elapsed);
    }

    private void Gather()
    {
        if (_recordsOfLastGroup < DelayFromRecords || options.GroupDelayMax == TimeSpan.Zero || queue.IsFull) return;
        var start = time.GetTimestamp();
        int before;
        do
        {
            before = queue.FillingCount;
            Posix.Sleep(DelaySlice);
        }
        while (queue.FillingCount > before
            && queue.FillingBytes < options.CongestedBytes
            && time.GetElapsedTime(start) < options.GroupDelayMax);
    }
}
