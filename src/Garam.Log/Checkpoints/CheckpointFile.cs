using System.Buffers.Binary;
using Garam.Log.Frames;
using Garam.Log.Segments;

namespace Garam.Log.Checkpoints;

/// <summary>The 24 bytes of a checkpoint's file (docs/formats/log.md).</summary>
internal static class CheckpointFile
{
    internal const int Bytes = 24;
    private const int ChecksumOffset = Bytes - 4;

    private static ReadOnlySpan<byte> Magic => "GARAMCHK"u8;

    internal static void Write(Span<byte> target, long position)
    {
        Magic.CopyTo(target);
        BinaryPrimitives.WriteInt64LittleEndian(target[8..], position);
        BinaryPrimitives.WriteInt32LittleEndian(target[16..], LogMeta.Version);
        BinaryPrimitives.WriteUInt32LittleEndian(target[ChecksumOffset..], Crc32C.Compute(target[..ChecksumOffset]));
    }

    internal static bool TryRead(ReadOnlySpan<byte> bytes, out long position)
    {
        position = 0;
        if (bytes.Length < Bytes || !bytes.StartsWith(Magic)) return false;
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumOffset..]) != Crc32C.Compute(bytes[..ChecksumOffset])) return false;
        position = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);
        return position >= 0;
    }
}
