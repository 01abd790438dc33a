using System.Globalization;

namespace Garam.Web.Plumbing;

/// <summary>A histogram as <c>/metrics</c> writes it: cumulative counts by upper bound.</summary>
internal sealed class HistogramText
{
    private readonly List<(double Bound, double Count)> _buckets = [];

    public static HistogramText Read(string text, string name)
    {
        var histogram = new HistogramText();
        var prefix = name + "_bucket";
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (!line.StartsWith(prefix, StringComparison.Ordinal))
                continue;
            var from = line.IndexOf("le=\"", StringComparison.Ordinal) + 4;
            var to = from + line[from..].IndexOf('"');
            var bound = line[from..to] is "+Inf" ? double.PositiveInfinity : double.Parse(line[from..to], CultureInfo.InvariantCulture);
            histogram._buckets.Add((bound, double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture)));
        }

        return histogram;
    }

    /// <summary>The value within which a share of the observations lie, interpolated within its bucket; null while there are none.</summary>
    public double? Quantile(double share)
    {
        if (_buckets.Count == 0 || _buckets[^1].Count == 0)
            return null;
        var rank = share * _buckets[^1].Count;
        var (below, counted) = (0.0, 0.0);
        foreach (var (bound, count) in _buckets)
        {
            if (count >= rank)
                return double.IsFinite(bound) && count > counted ? below + ((bound - below) * (rank - counted) / (count - counted)) : below;
            (below, counted) = (bound, count);
        }

        return below;
    }
}
