namespace Garam.Log.Segments;

/// <summary>The segments of the log, oldest first. Readers see an unchanging snapshot; writers replace it under a lock.</summary>
internal sealed class SegmentList(IEnumerable<Segment> segments)
{
    private readonly Lock _lock = new();
    private volatile Segment[] _segments = [.. segments];

    internal Segment[] Snapshot => _segments;

    internal void Add(Segment segment)
    {
        lock (_lock) _segments = [.. _segments, segment];
    }

    internal void RemoveOldest()
    {
        lock (_lock) _segments = _segments[1..];
    }

    /// <summary>The segment that holds a position or, for one at the end, the newest. Null when it is before all, or there is none.</summary>
    internal Segment? Find(long position)
    {
        var segments = _segments;
        int low = 0, high = segments.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (segments[middle].First <= position) low = middle + 1;
            else high = middle;
        }
        return low == 0 ? null : segments[low - 1];
    }

    /// <summary>The segment after one that begins at a position; null when that is the newest.</summary>
    internal Segment? After(long first)
    {
        Segment? after = null;
        // From the newest on, where readers usually are.
        var segments = _segments;
        for (var i = segments.Length - 1; i >= 0 && segments[i].First > first; i--) after = segments[i];
        return after;
    }
}
