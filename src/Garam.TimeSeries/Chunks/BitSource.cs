namespace Garam.TimeSeries.Chunks;

/// <summary>Reads bits that <see cref="BitSink"/> wrote; past the end it gives zeros and <see cref="Failed"/>.</summary>
internal ref struct BitSource(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> data = data;
    private ulong pending;
    private int available;
    private int at;

    public bool Failed { get; private set; }

    /// <summary>Reads 0..64 bits.</summary>
    public ulong Read(int count)
    {
        if (count > 32)
        {
            var low = Read(32);
            return low | (Read(count - 32) << 32);
        }

        while (available < count)
        {
            if (at == data.Length)
            {
                Failed = true;
                return 0;
            }

            pending |= (ulong)data[at++] << available;
            available += 8;
        }

        var value = pending & BitPacking.Mask(count);
        pending >>= count;
        available -= count;
        return value;
    }
}
