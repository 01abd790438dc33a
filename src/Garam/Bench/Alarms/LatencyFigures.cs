using Garam.Bench.Load;

namespace Garam.Bench.Alarms;

/// <summary>Quantiles of durations, in milliseconds.</summary>
internal sealed record LatencyFigures(double P50Ms, double P90Ms, double P99Ms, double MaxMs)
{
    public static LatencyFigures Of(LatencyHistogram histogram) => new(
        histogram.Quantile(0.5).TotalMilliseconds, histogram.Quantile(0.9).TotalMilliseconds, histogram.Quantile(0.99).TotalMilliseconds,
        histogram.Max.TotalMilliseconds);
}
