using System.Numerics;
using System.Runtime.InteropServices;

namespace Garam.Expressions.Windows;

/// <summary>Sums over the tail, several values at a time: a read of avg passes over it twice.</summary>
internal static class SpanSums
{
    public static double Sum(ReadOnlySpan<double> values)
    {
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        var sums = Vector<double>.Zero;
        foreach (var vector in vectors)
            sums += vector;
        var sum = Vector.Sum(sums);
        foreach (var value in values[(vectors.Length * Vector<double>.Count)..])
            sum += value;
        return sum;
    }

    /// <summary>The sum of squared distances from a mean.</summary>
    public static double Deviation(ReadOnlySpan<double> values, double mean)
    {
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        var means = new Vector<double>(mean);
        var sums = Vector<double>.Zero;
        foreach (var vector in vectors)
            sums += (vector - means) * (vector - means);
        var sum = Vector.Sum(sums);
        foreach (var value in values[(vectors.Length * Vector<double>.Count)..])
            sum += (value - mean) * (value - mean);
        return sum;
    }

    /// <summary>The smallest and the largest of some values; NaN when there are none. The values are finite.</summary>
    public static (double Min, double Max) Range(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
            return (double.NaN, double.NaN);
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        double min = values[^1], max = values[^1];
        if (!vectors.IsEmpty)
        {
            var (mins, maxs) = (vectors[0], vectors[0]);
            foreach (var vector in vectors[1..])
                (mins, maxs) = (Vector.Min(mins, vector), Vector.Max(maxs, vector));
            for (var i = 0; i < Vector<double>.Count; i++)
                (min, max) = (Math.Min(min, mins[i]), Math.Max(max, maxs[i]));
        }

        foreach (var value in values[(vectors.Length * Vector<double>.Count)..])
            (min, max) = (Math.Min(min, value), Math.Max(max, value));
        return (min, max);
    }
}
