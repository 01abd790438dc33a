namespace Garam.Packs.Fire.Analytics;

/// <summary>One row of the document's <c>DEVICE_5MIN_AGGREGATES</c>: the readings of five minutes by the clock. NaN where nothing was measured.</summary>
/// <param name="WindowEndUs">Exclusive.</param>
/// <param name="TemperatureDeviation">Of the sample (n − 1); NaN with one reading.</param>
internal sealed record FiveMinutes(
    long WindowEndUs, double AverageTemperature, double MaxTemperature, double MinTemperature, double TemperatureDeviation, double AverageRisk, double MaxRisk,
    double TotalArcs, double AverageCurrent, double MaxCurrent, int RecordCount)
{
    public static readonly long LengthUs = TimeSpan.FromMinutes(5).Ticks / TimeSpan.TicksPerMicrosecond;

    public static IReadOnlyList<FiveMinutes> Of(IReadOnlyList<FireSample> samples) =>
        [.. samples.GroupBy(s => s.TimeUs / LengthUs).OrderBy(g => g.Key).Select(g => Of((g.Key + 1) * LengthUs, [.. g]))];

    private static FiveMinutes Of(long endUs, FireSample[] samples)
    {
        var (temperatures, risks, currents) = (samples.Column(s => s.Temperature), samples.Column(s => s.Risk), samples.Column(s => s.Current));
        var n = temperatures.Length;
        return new FiveMinutes(
            endUs, Trend.Mean(temperatures), Max(temperatures), n == 0 ? double.NaN : temperatures.Min(),
            n < 2 ? double.NaN : Trend.Deviation(temperatures) * Math.Sqrt(n / (n - 1.0)),
            Trend.Mean(risks), Max(risks), samples.Column(s => s.Arcs).Sum(), Trend.Mean(currents), Max(currents), samples.Length);
    }

    private static double Max(double[] values) => values.Length == 0 ? double.NaN : values.Max();
}
