using Garam.Log.Storage;

namespace Garam.Log.Segments;

/// <summary>
/// One file of the log. The flush thread moves its end; readers on any thread read up to there. The file is open while
/// somebody holds a lease, and stays readable for them after retention has deleted it.
/// </summary>
internal sealed class Segment(ILogStorage storage, string path, long firstPosition, DateTimeOffset created, uint salt)
{
    private readonly Lock _lock = new();
    private ILogFile? _file;
    private int _leases;
    private SegmentIndex? _index;
    private long _endPosition = firstPosition;
    private long _endOffset = SegmentHeader.Bytes;

    internal string FilePath => path;

    internal long First { get; } = firstPosition;

    internal DateTimeOffset Created => created;

    /// <summary>Where the durable records end. Both values belong together.</summary>
    internal (long Position, long Offset) End
    {
        get
        {
            lock (_lock) return (_endPosition, _endOffset);
        }
    }

    internal bool IsEmpty => End.Position == First;

    /// <summary>Sets where the durable records end; a given index is complete up to there.</summary>
    internal void SetEnd(long position, long offset, SegmentIndex? index)
    {
        lock (_lock)
        {
            _endPosition = position;
            _endOffset = offset;
            _index = index;
        }
    }

    /// <summary>After a flush: the end moves, and the group's marks (record, offset within the group) enter the index.</summary>
    internal void Advance(long endPosition, long endOffset, ReadOnlySpan<(long Position, int Offset)> marks)
    {
        lock (_lock)
        {
            foreach (var (position, offset) in marks) _index?.Add(position, _endOffset + offset);
            _endPosition = endPosition;
            _endOffset = endOffset;
        }
    }

    /// <summary>
    /// The last indexed record that is not after a position. The caller holds a lease. A closed segment's index is loaded by the
    /// first who looks inside the segment and then stays: 32 KiB for 256 MiB of log.
    /// </summary>
    internal (long Position, long Offset) Locate(long position)
    {
        if (position <= First) return (First, SegmentHeader.Bytes);
        lock (_lock)
        {
            _index ??= LoadIndex();
            return _index?.Locate(position) ?? (First, SegmentHeader.Bytes);
        }
    }

    /// <summary>Opens the file unless it is open, and keeps it so until <see cref="Release"/>.</summary>
    internal ILogFile Lease()
    {
        lock (_lock)
        {
            _file ??= storage.OpenRead(path);
            _leases++;
            return _file;
        }
    }

    /// <summary>Takes over the writer's file as the writer's own lease.</summary>
    internal void LeaseTo(ILogFile file)
    {
        lock (_lock)
        {
            _file?.Dispose();
            _file = file;
            _leases++;
        }
    }

    internal void Release()
    {
        lock (_lock)
        {
            if (--_leases > 0) return;
            _file?.Dispose();
            _file = null;
        }
    }

    /// <summary>
    /// Writes the index beside the segment. It is only a shortcut for opening and random access, checked by its checksum and
    /// by the position the next segment begins with, so it is not flushed and a failure to write it is left to the next scan.
    /// </summary>
    internal void WriteIndex()
    {
        byte[]? bytes;
        lock (_lock)
        {
            if (_index is null) return;
            _index.EndPosition = _endPosition;
            _index.EndOffset = _endOffset;
            bytes = _index.ToBytes(salt);
        }
        try
        {
            using var file = storage.OpenOrCreate(LogFiles.Index(path));
            file.WriteAll(0, bytes);
        }
        catch (IOException)
        {
            // See above: without it the segment is scanned.
        }
    }

    internal SegmentIndex? LoadIndex()
    {
        try
        {
            return storage.ReadFile(LogFiles.Index(path), SegmentIndex.BytesMax) is { } bytes ? SegmentIndex.TryParse(bytes, First, salt) : null;
        }
        catch (IOException)
        {
            // An index that cannot be read is as good as none: the segment is scanned.
            return null;
        }
    }
}
