using Garam.Decoding.Hex;

namespace Garam.Decoding.Checksums;

/// <summary>A checksum and where it stands.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="At">Its first byte from the start; null: at the end, and not part of what follows.</param>
/// <param name="From">The first byte it covers.</param>
/// <param name="Order">The order of its bytes.</param>
internal sealed record ChecksumSpec(ChecksumKind Kind, int? At, int From, ByteOrder Order)
{
    /// <summary>Bytes the checksum takes.</summary>
    public int Length => Kind switch
    {
        ChecksumKind.Sum8 or ChecksumKind.Xor8 or ChecksumKind.Crc8 => 1,
        ChecksumKind.Crc32 => 4,
        _ => 2,
    };
}
