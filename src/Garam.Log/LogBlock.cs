namespace Garam.Log;

/// <summary>
/// A reusable buffer that a reader fills with consecutive records. Owned by one thread; the records in it are valid until
/// the next read into it.
/// </summary>
public sealed class LogBlock
{
    private const int EntriesInitial = 1024;

    private byte[] _bytes;
    private (int Offset, int Length)[] _entries = new (int, int)[EntriesInitial];

    /// <param name="capacity">Bytes to read at once. The block grows beyond it only for a single larger record.</param>
    public LogBlock(int capacity = 512 * 1024)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 64);
        _bytes = GC.AllocateUninitializedArray<byte>(capacity);
    }

    /// <summary>How many records the block holds.</summary>
    public int Count { get; private set; }

    /// <summary>Position of the first record; the others follow it without a gap. Meaningless while the block is empty.</summary>
    public LogPosition First { get; private set; }

    /// <summary>Position after the last record.</summary>
    public LogPosition End => new(First.Value + Count);

    /// <summary>A record's bytes: header and body as appended, one after the other.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    public ReadOnlySpan<byte> this[int index] => Memory(index).Span;

    /// <summary>A record's bytes, for code that keeps them across an await. The next read overwrites them.</summary>
    public ReadOnlyMemory<byte> Memory(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        var (offset, length) = _entries[index];
        return _bytes.AsMemory(offset, length);
    }

    /// <summary>Position of a record.</summary>
    public LogPosition PositionOf(int index) => new(First.Value + index);

    internal Span<byte> Buffer => _bytes;

    internal void Clear() => Count = 0;

    internal void Grow(int capacity) => _bytes = GC.AllocateUninitializedArray<byte>(capacity);

    internal void Add(long position, int offset, int length)
    {
        if (Count == 0) First = new LogPosition(position);
        if (Count == _entries.Length) Array.Resize(ref _entries, Count * 2);
        _entries[Count++] = (offset, length);
    }
}
