using System.Buffers.Binary;

namespace Garam.TimeSeries.Chunks;

/// <summary>Appends bits, least significant first, to a sink; <see cref="Finish"/> writes what is pending.</summary>
internal ref struct BitSink(ByteSink sink)
{
    private ulong pending;
    private int filled;

    public void Write(ulong bits, int count)
    {
        if (count == 0) return;
        bits &= BitPacking.Mask(count);
        pending |= bits << filled;
        filled += count;
        if (filled < 64) return;
        BinaryPrimitives.WriteUInt64LittleEndian(sink.Reserve(8), pending);
        filled -= 64;
        pending = filled == 0 ? 0 : bits >> (count - filled);
    }

    public void Finish()
    {
        for (; filled > 0; filled -= 8)
        {
            sink.Byte((int)(pending & 0xFF));
            pending >>= 8;
        }

        filled = 0;
    }
}
