using System.Buffers.Binary;

namespace Garam.Log.Segments;

internal static class UnixTime
{
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>Milliseconds since 1970 as eight bytes; false for what no calendar holds.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> bytes, out DateTimeOffset time)
    {
        var milliseconds = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        var known = milliseconds >= 0 && milliseconds <= Latest;
        time = known ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : default;
        return known;
    }
}
