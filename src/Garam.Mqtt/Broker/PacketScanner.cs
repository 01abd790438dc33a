using System.Buffers;

namespace Garam.Mqtt.Broker;

/// <summary>
/// Gives whole packets out of a receive buffer as spans: of the buffer itself where a packet lies in one segment, of a pooled copy
/// where it straddles two. Disposed at the end of every batch.
/// </summary>
internal ref struct PacketScanner(ReadOnlySequence<byte> buffer)
{
    private ReadOnlySequence<byte> rest = buffer;
    private byte[]? rented;

    public readonly SequencePosition Position => rest.Start;

    public readonly bool TryReadHeader(out Packets.FixedHeader header, out bool malformed) =>
        Packets.FixedHeader.TryRead(rest, out header, out malformed);

    /// <summary>False: the packet is not here yet.</summary>
    public bool TryReadBody(in Packets.FixedHeader header, out ReadOnlySpan<byte> body)
    {
        body = default;
        var first = rest.FirstSpan;
        if (header.PacketLength <= first.Length)
        {
            body = first.Slice(header.HeaderLength, (int)header.RemainingLength);
        }
        else
        {
            if (rest.Length < header.PacketLength)
                return false;
            var length = (int)header.RemainingLength;
            if (rented is null || rented.Length < length)
            {
                Dispose();
                rented = ArrayPool<byte>.Shared.Rent(length);
            }

            rest.Slice(header.HeaderLength, length).CopyTo(rented);
            body = rented.AsSpan(0, length);
        }

        rest = rest.Slice(header.PacketLength);
        return true;
    }

    public void Dispose()
    {
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        rented = null;
    }
}
