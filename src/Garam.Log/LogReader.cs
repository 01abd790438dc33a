using Garam.Log.Frames;
using Garam.Log.Segments;
using Garam.Log.Storage;

namespace Garam.Log;

/// <summary>
/// Reads durable records in order, from a position to the tail and on. One thread at a time. Allocates nothing in steady
/// state. Unreadable stretches are skipped and counted; a block never holds records from both sides of one.
/// </summary>
public sealed class LogReader : IDisposable
{
    private readonly DurableLog _log;
    private readonly uint _seed;
    private Segment? _segment;
    private ILogFile? _file;
    private long _offset;

    /// <summary>Position of the frame at <see cref="_offset"/>, not after <see cref="_next"/>.</summary>
    private long _position;

    /// <summary>The first position to hand out.</summary>
    private long _next;

    internal LogReader(DurableLog log, uint salt, LogPosition from)
    {
        _log = log;
        _seed = Frame.SeedOf(salt);
        _next = from.Value;
    }

    /// <summary>The next position that will be read.</summary>
    public LogPosition Next => new(_next);

    /// <summary>Records skipped so far because they cannot be read.</summary>
    public long RecordsLost { get; private set; }

    /// <summary>
    /// Fills the block with the records that follow, as many as fit. Returns how many, 0 when the reader is at the tail.
    /// </summary>
    /// <exception cref="LogPositionGoneException">Retention has removed the next position.</exception>
    public int Read(LogBlock block)
    {
        block.Clear();
        var bytes = block.Buffer.Length;
        while (_next < _log.Durable.Value && TryEnter(out var end))
        {
            bytes = Math.Max(bytes, Fill(block, end.Offset, recordsMax: int.MaxValue, bytes));
            if (block.Count > 0) break;
        }
        return block.Count;
    }

    /// <summary>Completes once more durable records can be read; at once when there are some already.</summary>
    /// <exception cref="LogFailedException">The log has stopped.</exception>
    /// <exception cref="ObjectDisposedException">The log was closed.</exception>
    public ValueTask WaitAsync(CancellationToken cancellation = default) => _log.Queue.WaitBeyondAsync(_next, cancellation);

    /// <summary>Goes to another position; the next read begins there.</summary>
    public void Seek(LogPosition position)
    {
        _log.CheckReadable(position);
        _next = position.Value;
        if (_segment is null) return;
        var inside = _next >= _segment.First && _next < _segment.End.Position;
        if (inside) Locate();
        else Leave();
    }

    public void Dispose() => Leave();

    /// <summary>Reads the one record at the next position, if it is readable.</summary>
    internal bool ReadOne(LogBlock block)
    {
        block.Clear();
        var wanted = _next;
        // What the index leaves to be searched, and no more.
        var bytes = LogLimits.IndexStrideBytes;
        while (_next == wanted && wanted < _log.Durable.Value && TryEnter(out var end))
        {
            bytes = Math.Max(bytes, Fill(block, end.Offset, recordsMax: 1, bytes));
            if (block.Count > 0) break;
        }
        return block.Count > 0 && block.First.Value == wanted;
    }

    /// <summary>Sees to it that there is something to read in the current segment; moves to the next one at its end.</summary>
    private bool TryEnter(out (long Position, long Offset) end)
    {
        while (true)
        {
            end = default;
            if (_segment is null && !Attach()) return false;
            // In this order: what is durable has its segment in the list, and once a newer segment is there the end of this
            // one is final.
            var durable = _log.Durable.Value;
            var following = _log.Segments.After(_segment!.First);
            end = _segment.End;
            if (_offset < end.Offset) return true;
            if (following is null)
            {
                // Recovery found records gone at the end, and nothing was appended since.
                if (end.Position < durable) Lose(_offset, 0, durable);
                return false;
            }
            var oldest = _log.First;
            if (end.Position < oldest.Value) throw new LogPositionGoneException(new LogPosition(_next), oldest);
            Lose(_offset, 0, following.First);
            Leave();
        }
    }

    private bool Attach()
    {
        while (true)
        {
            var segment = _log.Segments.Find(_next);
            if (segment is null)
            {
                var first = _log.First;
                if (_next < first.Value) throw new LogPositionGoneException(new LogPosition(_next), first);
                return false;
            }
            try
            {
                _file = segment.Lease();
                _segment = segment;
                Locate();
                return true;
            }
            catch (FileNotFoundException) when (_log.Segments.Find(segment.First) != segment)
            {
                // Retention was faster; the list no longer has it.
            }
        }
    }

    private void Locate() => (_position, _offset) = _segment!.Locate(_next);

    private void Leave()
    {
        _segment?.Release();
        _segment = null;
        _file = null;
    }

    /// <summary>
    /// Reads once and takes the whole frames in it; skips what is before the next position. Returns how many bytes the next
    /// frame needs when that was more than was read.
    /// </summary>
    private int Fill(LogBlock block, long end, int recordsMax, int bytesMax)
    {
        if (bytesMax > block.Buffer.Length) block.Grow(bytesMax);
        var size = (int)Math.Min(bytesMax, end - _offset);
        var bytes = block.Buffer[.._file!.ReadAt(_offset, block.Buffer[..size])];
        var at = 0;
        while (at + Frame.HeaderBytes <= bytes.Length && block.Count < recordsMax)
        {
            var plausible = Frame.TryReadHeader(bytes[at..], _offset + at, _position, out var frame)
                && frame.Position == _position && frame.Offset + frame.Size <= end;
            var whole = at + frame.Size <= bytes.Length;
            if (!plausible || !whole || !frame.IsIntact(bytes[at..], _seed))
            {
                if (at > 0) break;
                if (plausible && frame.Size > bytesMax) return frame.Size;
                SkipDamage(end);
                return 0;
            }
            if (_position >= _next)
            {
                block.Add(_position, at + Frame.HeaderBytes, frame.Length);
                _next = _position + 1;
            }
            _position++;
            at += frame.Size;
        }
        if (at == 0) SkipDamage(end);
        _offset += at;
        return 0;
    }

    /// <summary>Finds the next intact record of the segment, and reports what lies between.</summary>
    private void SkipDamage(long end)
    {
        using var window = new FrameWindow(_file!, end, _seed, LogLimits.RecordBytesMax);
        var known = _segment!.End;
        if (window.TryFind(_offset, _position, out var frame))
        {
            Lose(_offset, frame.Offset - _offset, frame.Position);
            (_offset, _position) = (frame.Offset, frame.Position);
            return;
        }
        // Nothing more up to the end that was seen; behind it the flush thread may have written intact records since.
        Lose(_offset, end - _offset, known.Offset == end ? known.Position : _position);
        _offset = end;
        if (known.Offset == end) _position = known.Position;
    }

    private void Lose(long offset, long bytes, long until)
    {
        var lost = until - Math.Max(_position, _next);
        if (lost <= 0) return;
        RecordsLost += lost;
        _log.ReportCorruption(new LogCorruption(_segment!.FilePath, offset, bytes, new LogPosition(until - lost), lost));
        _next = until;
    }
}
