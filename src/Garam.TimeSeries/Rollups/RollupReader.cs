using Garam.TimeSeries.Chunks;

namespace Garam.TimeSeries.Rollups;

/// <summary>Decodes buckets that may be damaged; everything answers false instead of throwing.</summary>
internal readonly ref struct RollupReader
{
    private readonly ReadOnlySpan<byte> columns;
    private readonly int columnCount;
    private readonly RollupScratch scratch;

    private RollupReader(int count, int columnCount, ReadOnlySpan<byte> columns, RollupScratch scratch)
    {
        Count = count;
        this.columnCount = columnCount;
        this.columns = columns;
        this.scratch = scratch;
    }

    public int Count { get; }

    /// <summary>Bucket starts, in microseconds.</summary>
    public ReadOnlySpan<long> Starts => scratch.Starts.AsSpan(0, Count);

    public static bool TryOpen(ReadOnlySpan<byte> bytes, RollupLevel level, RollupScratch scratch, out RollupReader reader)
    {
        reader = default;
        var source = new ByteSource(bytes);
        if (source.Byte() != RollupChunk.Version) return false;
        var checksum = source.UInt32();
        if (source.Failed || checksum != Crc32C.Of(bytes[source.Position..])) return false;
        var count = source.Count(RollupChunk.BucketsReadMax);
        if (source.Failed || count == 0) return false;
        var starts = scratch.Starts.AsSpan(0, count);
        if (!PackedIntegers.Read(ref source, starts)) return false;
        var width = level.WidthUs();
        for (var i = 0; i < count; i++)
        {
            starts[i] *= width;
            if (i > 0 && starts[i] <= starts[i - 1]) return false;
        }

        var columnCount = source.Count(Chunk.ColumnsMax);
        if (source.Failed) return false;
        reader = new RollupReader(count, columnCount, bytes[source.Position..], scratch);
        return true;
    }

    /// <summary>The buckets of one series, absent ones with a count of zero.</summary>
    public bool TryReadColumn(int column, Span<Bucket> target)
    {
        var source = new ByteSource(columns);
        for (var i = 0; i < columnCount; i++)
        {
            var body = source.Bytes(source.Count(columns.Length));
            if (source.Failed) return false;
            if (i == column) return TryReadBuckets(body, target);
        }

        target.Clear();
        return true;
    }

    /// <summary>All buckets, appended to <paramref name="target"/>.</summary>
    public bool TryReadAll(BucketRows target)
    {
        if (columnCount > target.Columns || (target.Count > 0 && target.Start(target.Count - 1) >= Starts[0])) return false;
        var first = target.Count;
        foreach (var start in Starts) target.Add(start);
        var buckets = scratch.Buckets.AsSpan(0, Count);
        var source = new ByteSource(columns);
        for (var column = 0; column < columnCount; column++)
        {
            var body = source.Bytes(source.Count(columns.Length));
            if (source.Failed || !TryReadBuckets(body, buckets)) return false;
            for (var i = 0; i < Count; i++) target.Row(first + i)[column] = buckets[i];
        }

        return true;
    }

    private bool TryReadBuckets(ReadOnlySpan<byte> body, Span<Bucket> target)
    {
        target = target[..Count];
        target.Clear();
        if (body.IsEmpty) return true;
        var source = new ByteSource(body);
        var counts = scratch.Counts.AsSpan(0, Count);
        if (!PackedIntegers.Read(ref source, counts)) return false;
        var present = 0;
        foreach (var count in counts)
        {
            if (count < 0) return false;
            if (count > 0) present++;
        }

        var shape = (RollupShape)source.Byte();
        if (source.Failed || present == 0 || !TryReadValues(shape, ref source, body, counts, present)) return false;
        var at = 0;
        for (var i = 0; i < Count; i++)
            if (counts[i] > 0) target[i] = scratch.Bucket(counts[i], at++);
        return true;
    }

    private bool TryReadValues(RollupShape shape, ref ByteSource source, ReadOnlySpan<byte> body, ReadOnlySpan<long> counts, int present)
    {
        switch (shape)
        {
            case RollupShape.Single:
                if (!ValueColumn.Read(body[source.Position..], scratch.First.AsSpan(0, present), scratch.Whole)) return false;
                var values = scratch.First.AsSpan(0, present);
                values.CopyTo(scratch.Last);
                values.CopyTo(scratch.Min);
                values.CopyTo(scratch.Max);
                values.CopyTo(scratch.Sum);
                return true;
            case RollupShape.Scaled or RollupShape.ScaledPlainSum:
                return TryReadScaled(shape, ref source, counts, present);
            case RollupShape.Plain:
                return ReadLengthed(ref source, scratch.First, present)
                    && ReadLengthed(ref source, scratch.Last, present)
                    && ReadLengthed(ref source, scratch.Min, present)
                    && ReadLengthed(ref source, scratch.Max, present)
                    && ReadLengthed(ref source, scratch.Sum, present);
            default:
                return false;
        }
    }

    private bool TryReadScaled(RollupShape shape, ref ByteSource source, ReadOnlySpan<long> counts, int present)
    {
        if (!DecimalForm.TryParse(source.Byte(), out var form)) return false;
        var first = scratch.WholeFirst.AsSpan(0, present);
        var last = scratch.WholeLast.AsSpan(0, present);
        var other = scratch.Whole.AsSpan(0, present);
        if (!PackedIntegers.Read(ref source, first) || !PackedIntegers.Read(ref source, last)) return false;
        for (var i = 0; i < present; i++) last[i] += first[i];
        form.Values(first, scratch.First);
        form.Values(last, scratch.Last);
        if (!PackedIntegers.Read(ref source, other)) return false;
        for (var i = 0; i < present; i++) other[i] = Math.Min(first[i], last[i]) - other[i];
        form.Values(other, scratch.Min);
        if (!PackedIntegers.Read(ref source, other)) return false;
        for (var i = 0; i < present; i++) other[i] += Math.Max(first[i], last[i]);
        form.Values(other, scratch.Max);
        if (shape == RollupShape.ScaledPlainSum) return ReadLengthed(ref source, scratch.Sum, present);
        if (!PackedIntegers.Read(ref source, other)) return false;
        var at = 0;
        foreach (var count in counts)
        {
            if (count == 0) continue;
            other[at] += count * ((first[at] + last[at]) >> 1);
            at++;
        }

        (form with { Rounding = DecimalRounding.Divide }).Values(other, scratch.Sum);
        return true;
    }

    private bool ReadLengthed(ref ByteSource source, double[] target, int present)
    {
        var bytes = source.Bytes(source.Count(source.Remaining));
        return !source.Failed && ValueColumn.Read(bytes, target.AsSpan(0, present), scratch.Whole);
    }
}
