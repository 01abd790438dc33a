namespace Garam.TimeSeries.Chunks;

/// <summary>A row bitmap on disk: runs of alternating length (starting with zeros) or plain bits, whichever is shorter.</summary>
internal static class BitSet
{
    private const byte Plain = 0;
    private const byte Runs = 1;

    public static void Write(ByteSink sink, ReadOnlySpan<bool> bits)
    {
        var start = sink.Length;
        sink.Byte(Runs);
        var current = false;
        ulong run = 0;
        foreach (var bit in bits)
        {
            if (bit != current)
            {
                sink.Varint(run);
                run = 0;
                current = bit;
            }

            run++;
        }

        sink.Varint(run);
        var plainBytes = (bits.Length + 7) / 8;
        if (sink.Length - start <= plainBytes + 1) return;
        sink.Truncate(start);
        sink.Byte(Plain);
        var bytes = sink.Reserve(plainBytes);
        bytes.Clear();
        for (var i = 0; i < bits.Length; i++)
            if (bits[i]) bytes[i >> 3] |= (byte)(1 << (i & 7));
    }

    public static bool Read(ref ByteSource source, Span<bool> bits)
    {
        switch (source.Byte())
        {
            case Runs:
                var current = false;
                for (var at = 0; at < bits.Length; current = !current)
                {
                    var run = source.Count(bits.Length - at);
                    // Only the first run may be empty, else a hostile blob could spin here without an end.
                    if (source.Failed || (run == 0 && (at > 0 || current))) return false;
                    bits.Slice(at, run).Fill(current);
                    at += run;
                }

                return true;
            case Plain:
                var bytes = source.Bytes((bits.Length + 7) / 8);
                if (source.Failed) return false;
                for (var i = 0; i < bits.Length; i++) bits[i] = (bytes[i >> 3] & (1 << (i & 7))) != 0;
                return true;
            default:
                return false;
        }
    }
}
