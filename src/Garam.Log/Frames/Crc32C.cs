using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Garam.Log.Frames;

/// <summary>CRC-32C (Castagnoli), computed by the processor's own instruction where it has one.</summary>
internal static class Crc32C
{
    internal static uint Compute(ReadOnlySpan<byte> bytes) => ~Extend(uint.MaxValue, bytes);

    /// <summary>Extends a running state. A checksum starts from all ones and ends inverted.</summary>
    internal static uint Extend(uint state, ReadOnlySpan<byte> bytes)
    {
        ref var start = ref MemoryMarshal.GetReference(bytes);
        nint at = 0;
        nint end = bytes.Length;
        for (; at <= end - sizeof(ulong); at += sizeof(ulong))
        {
            var word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.AddByteOffset(ref start, at));
            state = BitOperations.Crc32C(state, BitConverter.IsLittleEndian ? word : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(word));
        }
        for (; at < end; at++) state = BitOperations.Crc32C(state, Unsafe.AddByteOffset(ref start, at));
        return state;
    }
}
