using System.Buffers;

namespace Garam.Mqtt.Packets;

/// <summary>First byte and remaining length of a packet (MQTT 5 §2.1.1).</summary>
internal readonly record struct FixedHeader(byte First, uint RemainingLength, int HeaderLength)
{
    public PacketType Type => (PacketType)(First >> 4);

    public byte Flags => (byte)(First & 0x0F);

    public long PacketLength => HeaderLength + RemainingLength;

    /// <summary>Whether the flag bits are those the specification fixes for this packet type (§2.1.3); PUBLISH has its own.</summary>
    public bool HasValidFlags => Type switch
    {
        PacketType.Publish => true,
        PacketType.Pubrel or PacketType.Subscribe or PacketType.Unsubscribe => Flags == 2,
        _ => Flags == 0,
    };

    /// <summary>Parses the header at the start of <paramref name="source"/>. False with a zero header: more input is needed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out FixedHeader header, out bool malformed)
    {
        header = default;
        malformed = false;
        if (source.Length < 2)
            return false;
        var length = VariableByteInteger.Read(source[1..], out var remaining);
        malformed = length < 0;
        if (length <= 0)
            return false;
        header = new FixedHeader(source[0], remaining, 1 + length);
        return true;
    }

    /// <summary>The same over a sequence whose first segment may be short.</summary>
    public static bool TryRead(in ReadOnlySequence<byte> source, out FixedHeader header, out bool malformed)
    {
        if (source.FirstSpan.Length >= 5 || source.IsSingleSegment)
            return TryRead(source.FirstSpan, out header, out malformed);
        Span<byte> start = stackalloc byte[5];
        var available = (int)Math.Min(5, source.Length);
        source.Slice(0, available).CopyTo(start);
        return TryRead(start[..available], out header, out malformed);
    }
}
