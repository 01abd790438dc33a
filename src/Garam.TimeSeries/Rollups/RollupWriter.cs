using Garam.TimeSeries.Chunks;

namespace Garam.TimeSeries.Rollups;

/// <summary>Encodes buckets (docs/formats/timeseries.md). Keeps its scratch; used by one thread at a time.</summary>
internal sealed class RollupWriter
{
    private readonly ByteSink body = new();
    private readonly ByteSink lengthed = new();
    private readonly List<Bucket> present = [];
    private long[] whole = new long[RollupChunk.BucketsMax * 4];
    private long[] packed = new long[RollupChunk.BucketsMax];
    private long[] wholeSums = new long[RollupChunk.BucketsMax];
    private double[] values = new double[RollupChunk.BucketsMax * 4];

    public void Write(ByteSink sink, RollupLevel level, BucketRows rows, int from, int count)
    {
        EnsureScratch(count);
        sink.Byte(RollupChunk.Version);
        var checksumAt = sink.Length;
        sink.UInt32(0);
        sink.Varint((ulong)count);
        var width = level.WidthUs();
        for (var i = 0; i < count; i++) packed[i] = rows.Start(from + i) / width;
        PackedIntegers.Write(sink, packed.AsSpan(0, count));
        sink.Varint((ulong)rows.Columns);
        for (var column = 0; column < rows.Columns; column++)
        {
            body.Clear();
            WriteColumn(rows, from, count, column);
            sink.Varint((ulong)body.Length);
            sink.Bytes(body.Written);
        }

        sink.PatchUInt32(checksumAt, Crc32C.Of(sink.Written[(checksumAt + 4)..]));
    }

    private void WriteColumn(BucketRows rows, int from, int count, int column)
    {
        present.Clear();
        var single = true;
        for (var i = 0; i < count; i++)
        {
            var bucket = rows.Row(from + i)[column];
            packed[i] = bucket.Count;
            if (bucket.Count == 0) continue;
            present.Add(bucket);
            single &= bucket.Count == 1;
        }

        // A series without a bucket here has an empty body.
        if (present.Count == 0) return;
        PackedIntegers.Write(body, packed.AsSpan(0, count));
        if (single)
        {
            body.Byte((int)RollupShape.Single);
            ValueColumn.Write(body, Column(static bucket => bucket.First), whole);
        }
        else if (TryScale(out var form))
        {
            WriteScaled(form);
        }
        else
        {
            body.Byte((int)RollupShape.Plain);
            WriteLengthed(Column(static bucket => bucket.First));
            WriteLengthed(Column(static bucket => bucket.Last));
            WriteLengthed(Column(static bucket => bucket.Min));
            WriteLengthed(Column(static bucket => bucket.Max));
            WriteLengthed(Column(static bucket => bucket.Sum));
        }
    }

    private bool TryScale(out DecimalForm form)
    {
        for (var i = 0; i < present.Count; i++)
        {
            values[4 * i] = present[i].First;
            values[4 * i + 1] = present[i].Last;
            values[4 * i + 2] = present[i].Min;
            values[4 * i + 3] = present[i].Max;
        }

        return DecimalForm.TryScale(values.AsSpan(0, 4 * present.Count), whole, out form);
    }

    private void WriteScaled(DecimalForm form)
    {
        var sums = form with { Rounding = DecimalRounding.Divide };
        var scaledSums = true;
        for (var i = 0; i < present.Count && scaledSums; i++) scaledSums = sums.TryWhole(present[i].Sum, out wholeSums[i]);
        body.Byte((int)(scaledSums ? RollupShape.Scaled : RollupShape.ScaledPlainSum));
        body.Byte(form.ToByte());
        Pack(static (_, _, _, w) => w[0]);
        Pack(static (_, _, _, w) => w[1] - w[0]);
        Pack(static (_, _, _, w) => Math.Min(w[0], w[1]) - w[2]);
        Pack(static (_, _, _, w) => w[3] - Math.Max(w[0], w[1]));
        if (scaledSums) Pack(static (writer, i, count, w) => writer.wholeSums[i] - count * ((w[0] + w[1]) >> 1));
        else WriteLengthed(Column(static bucket => bucket.Sum));
    }

    private void Pack(Func<RollupWriter, int, long, ReadOnlySpan<long>, long> value)
    {
        for (var i = 0; i < present.Count; i++) packed[i] = value(this, i, present[i].Count, whole.AsSpan(4 * i, 4));
        PackedIntegers.Write(body, packed.AsSpan(0, present.Count));
    }

    private ReadOnlySpan<double> Column(Func<Bucket, double> value)
    {
        for (var i = 0; i < present.Count; i++) values[i] = value(present[i]);
        return values.AsSpan(0, present.Count);
    }

    private void WriteLengthed(ReadOnlySpan<double> numbers)
    {
        lengthed.Clear();
        ValueColumn.Write(lengthed, numbers, whole);
        body.Varint((ulong)lengthed.Length);
        body.Bytes(lengthed.Written);
    }

    private void EnsureScratch(int count)
    {
        if (count <= packed.Length) return;
        packed = new long[count];
        wholeSums = new long[count];
        whole = new long[count * 4];
        values = new double[count * 4];
    }
}
