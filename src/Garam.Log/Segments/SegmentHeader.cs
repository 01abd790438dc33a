using System.Buffers.Binary;
using Garam.Log.Frames;
using Garam.Log.Storage;

namespace Garam.Log.Segments;

/// <summary>The first 64 bytes of a segment (docs/formats/log.md).</summary>
/// <param name="Salt">The log's salt, the same in all its segments.</param>
/// <param name="First">Position of the segment's first record.</param>
/// <param name="Created">When the segment was begun: not after the append of its first record was made durable.</param>
internal readonly record struct SegmentHeader(uint Salt, long First, DateTimeOffset Created)
{
    internal const int Bytes = 64;
    private const int ChecksumOffset = Bytes - 4;

    private static ReadOnlySpan<byte> Magic => "GARAMLOG"u8;

    internal void Write(Span<byte> target)
    {
        target[..Bytes].Clear();
        Magic.CopyTo(target);
        BinaryPrimitives.WriteUInt16LittleEndian(target[8..], LogMeta.Version);
        BinaryPrimitives.WriteUInt16LittleEndian(target[10..], Bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(target[12..], Salt);
        BinaryPrimitives.WriteInt64LittleEndian(target[16..], First);
        BinaryPrimitives.WriteInt64LittleEndian(target[24..], Created.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteUInt32LittleEndian(target[ChecksumOffset..], Crc32C.Compute(target[..ChecksumOffset]));
    }

    /// <summary>A segment's header, or null when it is damaged.</summary>
    internal static SegmentHeader? Read(ILogFile file)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        var read = file.ReadAt(0, bytes);
        return TryRead(bytes[..read], out var header) ? header : null;
    }

    private static bool TryRead(ReadOnlySpan<byte> bytes, out SegmentHeader header)
    {
        header = default;
        if (bytes.Length < Bytes || !bytes.StartsWith(Magic)) return false;
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumOffset..]) != Crc32C.Compute(bytes[..ChecksumOffset])) return false;
        if (!UnixTime.TryRead(bytes[24..], out var created)) return false;
        header = new SegmentHeader(
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]), created);
        return true;
    }
}
