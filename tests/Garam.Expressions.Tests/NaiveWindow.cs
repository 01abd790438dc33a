namespace Garam.Expressions.Tests;

/// <summary>What windows must say, computed from all samples there ever were.</summary>
internal sealed class NaiveWindow
{
    private readonly SortedDictionary<long, double> _samples = [];

    public void Observe(long timeUs, double value) => _samples[timeUs] = value;

    public double[] Values(long afterUs) => [.. _samples.Where(s => s.Key > afterUs).Select(s => s.Value)];

    public double Of(string function, long afterUs)
    {
        var samples = _samples.Where(s => s.Key > afterUs).ToArray();
        double[] values = [.. samples.Select(s => s.Value)];
        if (function == "count")
            return values.Length;
        if (values.Length == 0)
            return double.NaN;
        var (first, last) = (samples[0], samples[^1]);
        return function switch
        {
            "sum" => values.Sum(),
            "avg" => values.Average(),
            "stddev" => values.Length < 2 ? double.NaN : Deviation(values),
            "min" => values.Min(),
            "max" => values.Max(),
            "median" => Percentile(values, 50),
            "slope" => Slope(samples),
            "first" => first.Value,
            "last" => last.Value,
            "delta" => last.Value - first.Value,
            "rate" => samples.Length < 2 ? double.NaN : (last.Value - first.Value) / ((last.Key - first.Key) / 1e6),
            "previous" => samples.Length < 2 ? double.NaN : samples[^2].Value,
            _ => throw new ArgumentException(function),
        };
    }

    public double Lag(long thenUs, long durationUs)
    {
        var known = _samples.Where(s => s.Key <= thenUs).Select(s => ((long Time, double Value)?)(s.Key, s.Value)).LastOrDefault();
        return known is { } sample && sample.Time > thenUs - durationUs ? sample.Value : double.NaN;
    }

    public static double Percentile(double[] values, double percent)
    {
        double[] sorted = [.. values.Order()];
        var rank = percent / 100 * (sorted.Length - 1);
        var index = (int)rank;
        return index + 1 < sorted.Length ? sorted[index] + ((sorted[index + 1] - sorted[index]) * (rank - index)) : sorted[index];
    }

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
    }

    private static double Slope(KeyValuePair<long, double>[] samples)
    {
        var meanTime = samples.Average(s => (double)(s.Key - samples[0].Key));
        var meanValue = samples.Average(s => s.Value);
        var over = samples.Sum(s => (s.Key - samples[0].Key - meanTime) * (s.Value - meanValue));
        var under = samples.Sum(s => Math.Pow(s.Key - samples[0].Key - meanTime, 2));
        return under > 0 ? over / under * 1e6 : double.NaN;
    }
}
