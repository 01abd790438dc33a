using System.Buffers.Binary;
using Garam.TimeSeries.Chunks;
using Garam.TimeSeries.Rollups;
using Garam.TimeSeries.Tests.Chunks;

namespace Garam.TimeSeries.Tests.Rollups;

public sealed class Rollup_round_trips
{
    public static TheoryData<string> Kinds => [.. Values.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Buckets_come_back(string kind)
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        foreach (var periodUs in new[] { 5_000_000L, 60_000_000L, 47_000_000L })
        {
            var written = Buckets(kind, periodUs, random);
            var read = new BucketRows();
            read.Reset(2);
            RollupReader.TryOpen(Encode(written), RollupLevel.Minute, RollupScratch.Current, out var reader).ShouldBeTrue();
            reader.TryReadAll(read).ShouldBeTrue($"seed {seed}");
            read.Count.ShouldBe(written.Count);
            for (var row = 0; row < read.Count; row++)
            {
                read.Start(row).ShouldBe(written.Start(row));
                read.Row(row).ToArray().ShouldBe(written.Row(row).ToArray(), $"seed {seed}, {kind}, {row}");
            }
        }
    }

    [Fact]
    public void Hostile_bytes_are_refused_without_an_exception()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 3000; round++)
        {
            var bytes = Encode(Buckets(Values.Kinds[random.Next(Values.Kinds.Length)], 17_000_000, random));
            for (var i = random.Next(1, 6); i > 0; i--) bytes[random.Next(5, bytes.Length)] = (byte)random.Next(256);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(1), Crc32C.Of(bytes.AsSpan(5)));
            try
            {
                var target = new BucketRows();
                target.Reset(2);
                if (RollupReader.TryOpen(bytes, RollupLevel.Minute, RollupScratch.Current, out var reader)) reader.TryReadAll(target);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"seed {seed}, round {round}: {failure.Message}", failure);
            }
        }
    }

    [Fact]
    public void A_sum_of_decimals_is_the_decimal_sum_however_it_is_grouped()
    {
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            var values = Enumerable.Range(0, 200).Select(_ => random.Next(-100_000, 100_000) / 100.0).ToArray();
            var whole = default(ExactSum);
            var parts = default(ExactSum);
            foreach (var value in values) whole.Add(value);
            foreach (var part in values.Chunk(random.Next(1, 40)))
            {
                var sum = default(ExactSum);
                foreach (var value in part) sum.Add(value);
                parts.Add(sum.Value);
            }

            parts.Value.ShouldBe(whole.Value);
            whole.Value.ShouldBe((double)values.Sum(v => (decimal)v));
        }
    }

    internal static byte[] Encode(BucketRows rows)
    {
        var sink = new ByteSink();
        new RollupWriter().Write(sink, RollupLevel.Minute, rows, 0, rows.Count);
        return sink.Written.ToArray();
    }

    private static BucketRows Buckets(string kind, long periodUs, Random random)
    {
        var rows = new RowBuffer(2);
        var values = Values.Of(kind, 500, random);
        for (var i = 0; i < values.Length; i++)
        {
            var row = rows.Add(StoreTesting.Start + i * periodUs);
            // Negative zero is equal to zero but not a decimal; sums do not keep its sign.
            if (i is < 100 or > 200) rows.Set(row, 0, values[i] == 0 ? 0 : values[i], false);
            rows.Set(row, 1, 1, false);
        }

        var buckets = new BucketRows();
        buckets.FoldSamples(rows, UtcTime.MinuteUs);
        return buckets;
    }
}
