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
}
