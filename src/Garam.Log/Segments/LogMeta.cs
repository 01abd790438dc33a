using System.Buffers.Binary;
using Garam.Log.Frames;

namespace Garam.Log.Segments;

/// <summary>The small file that says which format a log's folder has (docs/formats/log.md).</summary>
/// <param name="Salt">A number of this log alone, which its frames' checksums start from.</param>
internal readonly record struct LogMeta(uint Salt)
{
    /// <summary>The newest version of any file of the folder. A program that writes a newer file raises it here first.</summary>
    internal const ushort Version = 1;

    internal const int Bytes = 32;
    private const int ChecksumOffset = Bytes - 4;

    private static ReadOnlySpan<byte> Magic => "GARAMMET"u8;

    internal void Write(Span<byte> target)
    {
        target[..Bytes].Clear();
        Magic.CopyTo(target);
        BinaryPrimitives.WriteUInt16LittleEndian(target[8..], Version);
        BinaryPrimitives.WriteUInt32LittleEndian(target[12..], Salt);
        BinaryPrimitives.WriteUInt32LittleEndian(target[ChecksumOffset..], Crc32C.Compute(target[..ChecksumOffset]));
    }

    /// <summary>False when the bytes are damaged; the salt then stands in the segments too.</summary>
    /// <exception cref="LogVersionException">The folder is of a newer format.</exception>
    internal static bool TryRead(ReadOnlySpan<byte> bytes, string path, out LogMeta meta)
    {
        meta = default;
        if (bytes.Length < 10 || !bytes.StartsWith(Magic)) return false;
        // Magic and version keep their place in all formats to come, the checksum need not.
        var version = BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]);
        if (version > Version) throw new LogVersionException(path, version, Version);
        if (bytes.Length < Bytes) return false;
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumOffset..]) != Crc32C.Compute(bytes[..ChecksumOffset])) return false;
        meta = new LogMeta(BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]));
        return true;
    }
}
