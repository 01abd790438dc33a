namespace Garam.Mqtt.Packets;

/// <summary>MQTT 5 §1.5.5: seven bits a byte, least significant first, at most four bytes.</summary>
internal static class VariableByteInteger
{
    public const uint Max = 268_435_455;

    public static int Size(uint value) => value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x200000 ? 3 : 4;

    public static int Write(Span<byte> target, uint value)
    {
        var length = 0;
        while (value >= 0x80)
        {
            target[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        target[length++] = (byte)value;
        return length;
    }

    /// <summary>Reads from the start of <paramref name="source"/>. Zero bytes: more input is needed; negative: malformed.</summary>
    public static int Read(ReadOnlySpan<byte> source, out uint value)
    {
        value = 0;
        for (var i = 0; i < 4; i++)
        {
            if (i >= source.Length)
                return 0;
            var b = source[i];
            value |= (uint)(b & 0x7F) << (7 * i);
            if (b < 0x80)
                // The encoded value must use the fewest bytes [MQTT-1.5.5-1].
                return i > 0 && b == 0 ? -1 : i + 1;
        }

        return -1;
    }
}
