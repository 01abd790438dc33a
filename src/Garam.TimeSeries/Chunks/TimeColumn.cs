namespace Garam.TimeSeries.Chunks;

/// <summary>Ascending times in microseconds, written in the coarsest unit that holds all of them exactly: s, ms or µs.</summary>
internal static class TimeColumn
{
    private static readonly long[] UnitsUs = [1, 1_000, 1_000_000];

    public static void Write(ByteSink sink, ReadOnlySpan<long> timesUs, Span<long> scratch)
    {
        var unit = 2;
        foreach (var time in timesUs)
            while (time % UnitsUs[unit] != 0) unit--;
        sink.Byte(unit);
        if (unit == 0)
        {
            PackedIntegers.Write(sink, timesUs);
            return;
        }

        var divisor = UnitsUs[unit];
        for (var i = 0; i < timesUs.Length; i++) scratch[i] = timesUs[i] / divisor;
        PackedIntegers.Write(sink, scratch[..timesUs.Length]);
    }

    /// <summary>False when the bytes are damaged or the times are not strictly ascending.</summary>
    public static bool Read(ref ByteSource source, Span<long> timesUs)
    {
        var unit = source.Byte();
        if (unit >= UnitsUs.Length || !PackedIntegers.Read(ref source, timesUs)) return false;
        var factor = UnitsUs[unit];
        for (var i = 0; i < timesUs.Length; i++)
        {
            timesUs[i] *= factor;
            if (i > 0 && timesUs[i] <= timesUs[i - 1]) return false;
        }

        return true;
    }
}
