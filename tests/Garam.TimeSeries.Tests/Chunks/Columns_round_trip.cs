using Garam.TimeSeries.Chunks;

namespace Garam.TimeSeries.Tests.Chunks;

public sealed class Columns_round_trip
{
    private static readonly int[] Counts = [1, 2, 3, 63, 64, 127, 128, 129, 130, 257, 1024];

    public static TheoryData<string> Kinds => [.. Values.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Values_come_back_to_the_last_bit(string kind)
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        foreach (var count in Counts)
        {
            for (var round = 0; round < 10; round++)
            {
                var values = Values.Of(kind, count, random);
                var sink = new ByteSink();
                ValueColumn.Write(sink, values, new long[count]);
                var read = new double[count];
                ValueColumn.Read(sink.Written, read, new long[count]).ShouldBeTrue($"seed {seed}");
                Bits(read).ShouldBe(Bits(values), $"seed {seed}, {kind}, {count}");
                sink.Length.ShouldBeLessThanOrEqualTo(8 * count + 16, $"{kind} {count}");
            }
        }
    }

    [Fact]
    public void Integers_come_back_whatever_they_are()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 2000; round++)
        {
            var values = new long[random.Next(1, 400)];
            var bits = random.Next(1, 65);
            for (var i = 0; i < values.Length; i++)
                values[i] = random.Next(40) == 0 ? (random.Next(2) == 0 ? long.MinValue : long.MaxValue) : random.NextInt64(long.MinValue, long.MaxValue) >> (64 - bits);
            var sink = new ByteSink();
            PackedIntegers.Write(sink, values);
            var read = new long[values.Length];
            var source = new ByteSource(sink.Written);
            PackedIntegers.Read(ref source, read).ShouldBeTrue($"seed {seed}");
            source.Remaining.ShouldBe(0, $"seed {seed}");
            read.ShouldBe(values, $"seed {seed}, round {round}");
        }
    }

    [Theory]
    [InlineData(5_000_000, 4)]
    [InlineData(1_000, 4)]
    [InlineData(1, 4)]
    public void A_steady_clock_takes_no_bits(long periodUs, int bytesMax)
    {
        var times = Enumerable.Range(0, 1000).Select(i => i * periodUs).ToArray();
        var sink = new ByteSink();
        TimeColumn.Write(sink, times, new long[1000]);
        sink.Length.ShouldBeLessThanOrEqualTo(bytesMax + 2);
    }

    [Theory]
    [InlineData("tenths", 0.6)]
    [InlineData("float32", 0.6)]
    [InlineData("multiplied", 0.6)]
    [InlineData("spikes", 0.9)]
    [InlineData("boolean", 0.2)]
    [InlineData("line", 0.02)]
    public void Sensor_series_stay_small(string kind, double bytesPerSampleMax)
    {
        var sink = new ByteSink();
        ValueColumn.Write(sink, Values.Of(kind, 1024, new Random(1)), new long[1024]);
        (sink.Length / 1024.0).ShouldBeLessThan(bytesPerSampleMax);
    }

    private static long[] Bits(double[] values) => [.. values.Select(BitConverter.DoubleToInt64Bits)];
}
