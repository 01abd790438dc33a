using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Garam.Log.Frames;

namespace Garam.Log.Segments;

/// <summary>
/// Where in a segment some of its records stand, one for every <see cref="LogLimits.IndexStrideBytes"/>, and where it ends.
/// Kept beside a closed segment as a file; a missing, damaged or outdated one is rebuilt by reading the segment.
/// The owner synchronises access.
/// </summary>
internal sealed class SegmentIndex(long firstPosition)
{
    internal const int HeaderBytes = 48;
    internal const int EntryBytes = 8;

    private const int ChecksumOffset = 44;
    private readonly List<Entry> _entries = [];
    private readonly long _first = firstPosition;

    private readonly record struct Entry(uint Record, uint Offset);

    private static ReadOnlySpan<byte> Magic => "GARAMIDX"u8;

    /// <summary>Position after the segment's last record.</summary>
    internal long EndPosition { get; set; } = firstPosition;

    /// <summary>Offset after the segment's last record.</summary>
    internal long EndOffset { get; set; } = SegmentHeader.Bytes;

    /// <summary>The most that an index of the largest segment can take: no file is read beyond it.</summary>
    internal static int BytesMax => HeaderBytes + EntryBytes * (int)(LogLimits.SegmentBytesMax / LogLimits.IndexStrideBytes + 2);

    /// <summary>Notes a record, unless the previous note is close enough.</summary>
    internal void Add(long position, long offset)
    {
        if (_entries.Count > 0 && offset - _entries[^1].Offset < LogLimits.IndexStrideBytes) return;
        _entries.Add(new Entry((uint)(position - _first), (uint)offset));
    }

    /// <summary>Forgets notes from an offset on: what stood there was cut.</summary>
    internal void Cut(long offset) => _entries.RemoveAll(entry => entry.Offset >= offset);

    /// <summary>The last noted record that is not after a position.</summary>
    internal (long Position, long Offset) Locate(long position)
    {
        var entries = CollectionsMarshal.AsSpan(_entries);
        int low = 0, high = entries.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_first + entries[middle].Record <= position) low = middle + 1;
            else high = middle;
        }
        return low == 0 ? (_first, SegmentHeader.Bytes) : (_first + entries[low - 1].Record, entries[low - 1].Offset);
    }

    internal byte[] ToBytes(uint salt)
    {
        var bytes = new byte[HeaderBytes + EntryBytes * _entries.Count];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), LogMeta.Version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), _entries.Count);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), _first);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), EndPosition);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(32), EndOffset);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(40), salt);
        for (var i = 0; i < _entries.Count; i++)
        {
            var entry = bytes.AsSpan(HeaderBytes + i * EntryBytes);
            BinaryPrimitives.WriteUInt32LittleEndian(entry, _entries[i].Record);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], _entries[i].Offset);
        }
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(ChecksumOffset), Checksum(bytes));
        return bytes;
    }

    /// <summary>Null when the bytes are damaged or belong to another segment.</summary>
    internal static SegmentIndex? TryParse(ReadOnlySpan<byte> bytes, long first, uint salt)
    {
        if (bytes.Length < HeaderBytes || !bytes.StartsWith(Magic)) return null;
        var count = BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]);
        if (count < 0 || (long)count * EntryBytes + HeaderBytes > bytes.Length) return null;
        bytes = bytes[..(HeaderBytes + count * EntryBytes)];
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumOffset..]) != Checksum(bytes)) return null;
        if (BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]) != first) return null;
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[40..]) != salt) return null;

        var index = new SegmentIndex(first)
        {
            EndPosition = BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]),
            EndOffset = BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]),
        };
        for (var at = HeaderBytes; at < bytes.Length; at += EntryBytes)
            index._entries.Add(new Entry(BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]), BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..])));
        return index;
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes) =>
        ~Crc32C.Extend(Crc32C.Extend(uint.MaxValue, bytes[..ChecksumOffset]), bytes[HeaderBytes..]);
}
