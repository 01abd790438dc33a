using System.Buffers.Binary;

namespace Garam.Log.Tests;

/// <summary>Contents that tell which record they are, so that a reader can prove it got the right one.</summary>
internal static class Record
{
    /// <summary>Bytes that depend on every bit of the key: no two keys give the same record.</summary>
    public static byte[] Of(long key, int length)
    {
        var bytes = new byte[Math.Max(length, sizeof(long))];
        new Random(unchecked((int)(key * 1_000_003 + length))).NextBytes(bytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes, key);
        return bytes;
    }

    /// <summary>A repeatable length for a key, small with a few large ones.</summary>
    public static int LengthOf(long key, int max) => 8 + (int)((ulong)(key * 2654435761L) % (ulong)(key % 17 == 0 ? max - 8 : Math.Min(max, 300) - 8));
}
