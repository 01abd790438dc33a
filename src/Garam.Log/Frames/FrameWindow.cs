using System.Buffers;
using Garam.Log.Storage;

namespace Garam.Log.Frames;

/// <summary>Reads a segment from front to back through one buffer and verifies the frames in it. One thread.</summary>
internal sealed class FrameWindow(ILogFile file, long end, uint seed, int recordBytesMax) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(LogLimits.ScanBufferBytes, Math.Max(end, Frame.HeaderBytes)));
    private long _start;
    private int _count;

    /// <summary>The frame at an offset if it is intact and its position is exactly the expected one.</summary>
    internal bool TryFrame(long offset, long expected, out Frame frame) => TryFrame(offset, expected, 0, out frame);

    /// <summary>
    /// The first intact frame at or after an offset. Its position is not before <paramref name="expected"/>, and not further
    /// from it than the rest of the segment could hold records.
    /// </summary>
    internal bool TryFind(long from, long expected, out Frame frame)
    {
        var skipMax = (end - from) / Frame.HeaderBytes;
        for (var offset = from; offset + Frame.HeaderBytes <= end; offset += Frame.Alignment)
        {
            if (SkipZeros(ref offset)) continue;
            if (TryFrame(offset, expected, skipMax, out frame)) return true;
        }
        frame = default;
        return false;
    }

    /// <summary>The end of the last byte that is not zero: beyond it the segment is only allocated, not written.</summary>
    internal long WrittenEnd(long from)
    {
        var written = from;
        for (var offset = from; offset < end;)
        {
            var bytes = At(offset, 1);
            if (bytes.IsEmpty) break;
            var last = bytes.LastIndexOfAnyExcept((byte)0);
            if (last >= 0) written = offset + last + 1;
            offset += bytes.Length;
        }
        return written;
    }

    private bool TryFrame(long offset, long expected, long skipMax, out Frame frame)
    {
        frame = default;
        var bytes = At(offset, Frame.HeaderBytes);
        if (bytes.Length < Frame.HeaderBytes) return false;
        if (!Frame.TryReadHeader(bytes, offset, expected, out frame)) return false;
        if (frame.Position - expected > skipMax || frame.Length > recordBytesMax || offset + frame.Size > end) return false;
        bytes = At(offset, frame.Size);
        return bytes.Length >= frame.Size && frame.IsIntact(bytes, seed);
    }

    /// <summary>Jumps over zeros in one go: a search through allocated space must not cost a step for every four bytes.</summary>
    private bool SkipZeros(ref long offset)
    {
        var bytes = At(offset, Frame.HeaderBytes);
        if (bytes.Length < Frame.HeaderBytes || bytes[..Frame.HeaderBytes].ContainsAnyExcept((byte)0)) return false;
        var first = bytes.IndexOfAnyExcept((byte)0);
        var zeros = first < 0 ? bytes.Length : first;
        offset += (zeros & -Frame.Alignment) - Frame.Alignment;
        return true;
    }

    /// <summary>The bytes from an offset on: at least <paramref name="size"/> of them unless the segment ends before.</summary>
    private ReadOnlySpan<byte> At(long offset, int size)
    {
        if (offset < _start || offset + size > _start + _count) Load(offset, size);
        var skip = (int)(offset - _start);
        return skip >= _count ? [] : _buffer.AsSpan(skip, _count - skip);
    }

    private void Load(long offset, int size)
    {
        if (size > _buffer.Length)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = ArrayPool<byte>.Shared.Rent(size);
        }
        _start = offset;
        _count = file.ReadAt(offset, _buffer.AsSpan(0, (int)Math.Clamp(end - offset, 0, _buffer.Length)));
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);
}
