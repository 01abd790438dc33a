using Garam.Log.Frames;
using Garam.Log.Segments;
using Garam.Log.Storage;

namespace Garam.Log.Recovery;

/// <summary>
/// Reads a segment and finds where its intact records end.
/// <list type="bullet">
/// <item>A stretch that cannot be read is damage when its first record was durable: when the segment is not the newest, when a
/// checkpoint has passed it, or when an intact record after it belongs to a later group (groups are written one after the
/// other, each only once the one before it is durable). It is reported, and the records after it are kept.</item>
/// <item>Otherwise it is the torn last group, which was never acknowledged: the segment is cut there.</item>
/// </list>
/// </summary>
internal sealed class SegmentScan
{
    private readonly List<Hole> _holes = [];
    private int _confirmed;

    private readonly record struct Hole(long Offset, long Position, long EndOffset, long EndPosition);

    internal required Segment Segment { get; init; }

    internal required uint Salt { get; init; }

    internal required int RecordBytesMax { get; init; }

    /// <summary>Positions before this are known to have been durable.</summary>
    internal required long DurableBefore { get; init; }

    internal long BytesScanned { get; private set; }

    /// <summary>Bytes that were written after the last intact record, and are to be cut.</summary>
    internal long TailBytes { get; private set; }

    /// <summary>
    /// Where the last group begins that was read: the only one whose flush is not proved by a group after it. The end of the
    /// records when none was read.
    /// </summary>
    internal long LastGroupOffset { get; private set; }

    internal IReadOnlyList<LogCorruption> Corruptions =>
        [.. _holes.Take(_confirmed).Select(hole => new LogCorruption(
            Segment.FilePath, hole.Offset, hole.EndOffset - hole.Offset, new LogPosition(hole.Position), hole.EndPosition - hole.Position))];

    /// <summary>Scans from where <paramref name="index"/> ends, and completes it.</summary>
    internal void Run(ILogFile file, SegmentIndex index)
    {
        var length = file.Length;
        var start = index.EndOffset;
        using var window = new FrameWindow(file, length, Frame.SeedOf(Salt), RecordBytesMax);
        var (offset, position) = (index.EndOffset, index.EndPosition);
        var lastGroup = -1L;
        LastGroupOffset = offset;
        while (true)
        {
            if (!window.TryFrame(offset, position, out var frame))
            {
                if (!window.TryFind(offset, position, out frame)) break;
                _holes.Add(new Hole(offset, position, frame.Offset, frame.Position));
            }
            Confirm(Math.Max(frame.GroupFirst, DurableBefore));
            index.Add(frame.Position, frame.Offset);
            if (frame.GroupFirst != lastGroup) (lastGroup, LastGroupOffset) = (frame.GroupFirst, frame.Offset);
            offset = frame.Offset + frame.Size;
            position = frame.Position + 1;
        }
        BytesScanned = offset - start;
        if (_confirmed < _holes.Count)
        {
            offset = _holes[_confirmed].Offset;
            position = _holes[_confirmed].Position;
            index.Cut(offset);
            LastGroupOffset = Math.Min(LastGroupOffset, offset);
        }
        TailBytes = window.WrittenEnd(offset) - offset;
        index.EndOffset = offset;
        index.EndPosition = position;
    }

    private void Confirm(long durableBefore)
    {
        while (_confirmed < _holes.Count && _holes[_confirmed].Position < durableBefore) _confirmed++;
    }
}
