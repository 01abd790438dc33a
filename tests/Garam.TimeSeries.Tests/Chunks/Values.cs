namespace Garam.TimeSeries.Tests.Chunks;

/// <summary>Kinds of numbers that sensors, and attackers, send.</summary>
internal static class Values
{
    public static readonly string[] Kinds =
    [
        "tenths", "hundredths", "multiplied", "float32", "counter", "line", "constant", "boolean", "whole", "spikes",
        "doubles", "bits", "special", "huge", "six-places", "constant-nan", "slow-doubles",
    ];

    public static double[] Of(string kind, int count, Random random)
    {
        var walk = (long)random.Next(-500, 500);
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            walk += random.Next(-4, 5);
            values[i] = kind switch
            {
                "tenths" => walk / 10.0,
                "hundredths" => walk / 100.0,
                "multiplied" => walk * 0.1,
                "float32" => (float)(walk / 10.0),
                "counter" => i * 100 + random.Next(8),
                "line" => 7_000_000_000 + 13L * i,
                "constant" => 42.5,
                "boolean" => random.Next(2),
                "whole" => random.NextInt64(-(1L << 53), 1L << 53),
                "spikes" => random.Next(30) == 0 ? random.Next(-100_000, 100_000) / 10.0 : walk / 10.0,
                "doubles" => random.NextDouble(),
                "bits" => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
                "special" => new[] { -0.0, 0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue }[random.Next(7)],
                "huge" => walk * 1e300,
                "six-places" => random.Next() / 1_000_000.0,
                "constant-nan" => BitConverter.Int64BitsToDouble(0x7FF8_0000_0000_1234),
                _ => 1000 + Math.Sin(i / 100.0),
            };
        }

        return values;
    }
}
