using Garam.Log.Frames;

namespace Garam.Log.Commit;

/// <summary>The records that one flush makes durable together. Owned by the queue's lock while filling, then by the flush thread.</summary>
internal sealed class Group
{
    private readonly byte[] _bytes;
    private readonly (long Position, int Offset)[] _marks;
    private int _markCount;
    private int _length;

    internal Group(int capacity)
    {
        // Untouched pages take no memory, so a quiet log pays for what it uses.
        _bytes = GC.AllocateUninitializedArray<byte>(capacity);
        _marks = new (long, int)[capacity / LogLimits.IndexStrideBytes + 1];
    }

    internal long First { get; private set; }

    internal int Count { get; private set; }

    /// <summary>Read without the lock for the congestion figure.</summary>
    internal int Length => Volatile.Read(ref _length);

    internal long End => First + Count;

    internal ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>Records for the segment's index, with their offset in this group.</summary>
    internal ReadOnlySpan<(long Position, int Offset)> Marks => _marks.AsSpan(0, _markCount);

    /// <summary>Completed when the group is durable; made only if somebody waits.</summary>
    internal TaskCompletionSource? Waiters { get; set; }

    internal bool IsEmpty => Count == 0;

    internal bool HasRoomFor(int frameSize) => frameSize <= _bytes.Length - _length;

    internal void Add(ReadOnlySpan<byte> header, ReadOnlySpan<byte> body, uint payloadState, int frameSize)
    {
        var offset = _length;
        var position = First + Count;
        Frame.Write(_bytes.AsSpan(offset, frameSize), header, body, payloadState, position, (uint)Count);
        if (_markCount == 0 || offset - _marks[_markCount - 1].Offset >= LogLimits.IndexStrideBytes)
            _marks[_markCount++] = (position, offset);
        Count++;
        Volatile.Write(ref _length, offset + frameSize);
    }

    internal void Reset(long first)
    {
        First = first;
        Count = 0;
        _markCount = 0;
        _length = 0;
        Waiters = null;
    }
}
