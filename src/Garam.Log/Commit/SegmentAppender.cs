using System.Runtime.ExceptionServices;
using Garam.Log.Segments;
using Garam.Log.Storage;

namespace Garam.Log.Commit;

/// <summary>
/// Writes groups to the newest segment and begins a new one when it is full or old. Only the flush thread calls it.
/// A group is written to one segment by one write and one flush. After <see cref="DiskFullException"/> the same group may be
/// written again: it goes to the same place, over its own bytes. After any other exception nothing may be written any more.
/// </summary>
internal sealed class SegmentAppender(
    string directory, LogOptions options, ILogStorage storage, TimeProvider time, uint salt, SegmentList segments)
{
    private Segment? _segment;
    private ILogFile? _file;
    private long _allocated;
    private long _freeSpaceChecked;

    /// <summary>Goes on in a segment that recovery has cut to its last intact record.</summary>
    internal void Resume(Segment segment, ILogFile file)
    {
        segment.LeaseTo(file);
        _segment = segment;
        _file = file;
        _allocated = segment.End.Offset;
    }

    internal void Write(Group group)
    {
        var segment = SegmentFor(group);
        var offset = segment.End.Offset;
        var end = offset + group.Length;
        Allocate(end);
        _file!.WriteAll(offset, group.Bytes);
        _file!.Flush();
        segment.Advance(group.End, end, group.Marks);
    }

    /// <summary>Closes the newest segment: gives back unused space and keeps the index.</summary>
    internal void Close()
    {
        if (_segment is null) return;
        Seal(_segment);
        Drop();
    }

    /// <summary>Lets go of the files and touches nothing more: the log has failed.</summary>
    internal void Drop()
    {
        _segment?.Release();
        _segment = null;
        _file = null;
    }

    private Segment SegmentFor(Group group)
    {
        if (_segment is { } current)
        {
            var fits = current.End.Offset + group.Length <= options.SegmentBytes;
            var young = time.GetUtcNow() - current.Created < options.SegmentAgeMax;
            if (current.IsEmpty || fits && young) return current;
            Seal(current);
            Drop();
        }
        return Begin(group.First);
    }

    /// <summary>The new file, its header and its name are durable before the first record is written to it.</summary>
    private Segment Begin(long first)
    {
        CheckFreeSpace(SegmentHeader.Bytes);
        var path = LogFiles.Segment(directory, first);
        var created = time.GetUtcNow();
        var file = storage.OpenOrCreate(path);
        try
        {
            // A try that met a full disk may have left something here.
            file.SetLength(0);
            Span<byte> header = stackalloc byte[SegmentHeader.Bytes];
            new SegmentHeader(salt, first, created).Write(header);
            file.WriteAll(0, header);
            file.Flush();
            storage.FlushDirectory(directory);
        }
        catch (Exception cause)
        {
            file.Dispose();
            ExceptionDispatchInfo.Throw(cause);
        }
        var segment = new Segment(storage, path, first, created, salt);
        segment.SetEnd(first, SegmentHeader.Bytes, new SegmentIndex(first));
        Resume(segment, file);
        segments.Add(segment);
        return segment;
    }

    private void Seal(Segment segment)
    {
        segment.WriteIndex();
        try
        {
            _file!.SetLength(segment.End.Offset);
        }
        catch (IOException)
        {
            // The records are durable; what is kept too much is allocated space, and reading stops before it.
        }
    }

    private void Allocate(long end)
    {
        if (end <= _allocated)
        {
            if (time.GetElapsedTime(_freeSpaceChecked) >= LogLimits.FreeSpaceCheckInterval) CheckFreeSpace(0);
            return;
        }
        var step = Math.Min(_allocated + options.PreallocateBytes, options.SegmentBytes);
        var free = CheckFreeSpace(end - _allocated);
        // Near the reserve the last space is given out in exact pieces rather than in steps.
        var target = step > end && step - _allocated <= free - options.FreeBytesReserve ? step : end;
        _file!.Allocate(target);
        _allocated = target;
    }

    private long CheckFreeSpace(long needed)
    {
        var free = storage.FreeBytes(directory);
        if (free - needed < options.FreeBytesReserve)
            throw new DiskFullException($"The disk of {directory} has {free} bytes free; {options.FreeBytesReserve} are kept in reserve.");
        _freeSpaceChecked = time.GetTimestamp();
        return free;
    }
}
