namespace Garam.Log.Commit;

/// <summary>Figures of the flush thread, written by it alone and read by anybody.</summary>
internal sealed class FlushStatistics
{
    private long _flushes;
    private long _records;
    private long _bytes;
    private long _lastTicks;
    private long _totalTicks;

    internal void Add(int records, int bytes, TimeSpan elapsed)
    {
        Volatile.Write(ref _records, _records + records);
        Volatile.Write(ref _bytes, _bytes + bytes);
        Volatile.Write(ref _lastTicks, elapsed.Ticks);
        Volatile.Write(ref _totalTicks, _totalTicks + elapsed.Ticks);
        Volatile.Write(ref _flushes, _flushes + 1);
    }

    internal LogFigures Read(long appendedRecords, long appendedBytes, int unflushedBytes) => new(
        appendedRecords,
        appendedBytes,
        Volatile.Read(ref _flushes),
        Volatile.Read(ref _records),
        Volatile.Read(ref _bytes),
        unflushedBytes,
        new TimeSpan(Volatile.Read(ref _lastTicks)),
        new TimeSpan(Volatile.Read(ref _totalTicks)));
}
