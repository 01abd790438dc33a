using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Garam.Log.Frames;

/// <summary>
/// A record as it stands in a segment, little endian (docs/formats/log.md):
/// <code>
/// 0  u32  payload length (low 24 bits), frame version (high 8 bits)
/// 4  u32  CRC-32C of payload, first word, group index and position, seeded with the log's salt
/// 8  u32  low half of the position
/// 12 u32  group index: how many records of the same flush stand before this one
/// 16      payload, then zeros up to a multiple of 4
/// </code>
/// Each frame tells its own position and which group it was flushed with. So reading finds its place again behind a damaged
/// stretch, and recovery can tell a torn last group (never acknowledged) from damage to records that were durable: a later
/// group is only written once the one before it is on the disk. The salt, a secret of each log, keeps bytes inside a payload
/// from being taken for a frame when reading looks for its place.
/// </summary>
/// <param name="Offset">Where the frame stands in the segment.</param>
/// <param name="Position">The record's position.</param>
/// <param name="Length">Bytes of the payload.</param>
/// <param name="GroupIndex">How many records of the same group stand before it.</param>
internal readonly record struct Frame(long Offset, long Position, int Length, uint GroupIndex)
{
    internal const byte Version = 1;
    internal const int HeaderBytes = 16;
    internal const int Alignment = 4;

    private const int LengthMask = (1 << 24) - 1;

    internal int Size => SizeOf(Length);

    /// <summary>The first position of the group that the record was flushed with; everything before it was durable by then.</summary>
    internal long GroupFirst => Position - GroupIndex;

    internal static int SizeOf(int length) => (HeaderBytes + length + Alignment - 1) & -Alignment;

    /// <summary>The state that a payload's checksum starts from.</summary>
    internal static uint SeedOf(uint salt) => ~salt;

    /// <summary>The slow part of writing, done before the lock is taken.</summary>
    internal static uint ChecksumPayload(uint seed, ReadOnlySpan<byte> header, ReadOnlySpan<byte> body) =>
        Crc32C.Extend(Crc32C.Extend(seed, header), body);

    internal static void Write(Span<byte> target, ReadOnlySpan<byte> header, ReadOnlySpan<byte> body, uint payloadState, long position, uint groupIndex)
    {
        var length = header.Length + body.Length;
        var word = (uint)length | (uint)Version << 24;
        BinaryPrimitives.WriteUInt32LittleEndian(target, word);
        BinaryPrimitives.WriteUInt32LittleEndian(target[4..], Finish(payloadState, word, groupIndex, position));
        BinaryPrimitives.WriteUInt32LittleEndian(target[8..], (uint)position);
        BinaryPrimitives.WriteUInt32LittleEndian(target[12..], groupIndex);
        header.CopyTo(target[HeaderBytes..]);
        body.CopyTo(target[(HeaderBytes + header.Length)..]);
        target[(HeaderBytes + length)..SizeOf(length)].Clear();
    }

    /// <summary>
    /// Reads the header at the start of <paramref name="bytes"/>, which holds at least <see cref="HeaderBytes"/>. The position
    /// is the first one from <paramref name="expected"/> on whose low half fits. True says only that it looks like a frame.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryReadHeader(ReadOnlySpan<byte> bytes, long offset, long expected, out Frame frame)
    {
        var word = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        var low = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        var groupIndex = BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]);
        frame = new Frame(offset, expected + (low - (uint)expected), (int)(word & LengthMask), groupIndex);
        return word >> 24 == Version;
    }

    /// <summary>Whether the checksum fits. <paramref name="bytes"/> begins with the frame and holds all of it.</summary>
    internal bool IsIntact(ReadOnlySpan<byte> bytes, uint seed)
    {
        var word = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        var state = Crc32C.Extend(seed, bytes.Slice(HeaderBytes, Length));
        return Finish(state, word, GroupIndex, Position) == BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
    }

    private static uint Finish(uint state, uint word, uint groupIndex, long position)
    {
        state = BitOperations.Crc32C(state, (ulong)groupIndex << 32 | word);
        return ~BitOperations.Crc32C(state, (ulong)position);
    }
}
