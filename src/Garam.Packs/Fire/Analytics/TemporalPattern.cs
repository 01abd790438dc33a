namespace Garam.Packs.Fire.Analytics;

/// <summary>The document's <c>analyze_temporal_patterns</c> of the last hour. With fewer than 10 readings only <see cref="DataPoints"/> says something.</summary>
/// <param name="Trend"><c>RISING</c>, <c>FALLING</c>, <c>MIXED</c>, <c>STABLE</c>, or <c>INSUFFICIENT_DATA</c>.</param>
/// <param name="TemperatureTrend">Slope, °C a reading.</param>
/// <param name="TemperatureVelocity">Mean change from reading to reading, °C.</param>
/// <param name="RiskTrend">Slope a reading.</param>
/// <param name="Confidence">0 to 1: how much of temperature and risk the two lines explain.</param>
internal sealed record TemporalPattern(
    string Trend, double TemperatureTrend, double TemperatureVelocity, double RiskTrend, ArcPattern Arcs, Periodicity Periodicity, double Confidence, int DataPoints)
{
    public const string Rising = "RISING";
    public const string Insufficient = "INSUFFICIENT_DATA";

    private const int ReadingsMin = 10;

    /// <summary>The document's limit for a rising temperature (2.1), °C a reading.</summary>
    private const double TemperatureSlope = 0.1;

    /// <summary>The same share of the scale of risk as 0.1 °C is of ten degrees.</summary>
    private const double RiskSlope = 0.01;

    public static TemporalPattern Of(IReadOnlyList<FireSample> samples)
    {
        var temperatures = samples.Column(s => s.Temperature);
        var risks = samples.Column(s => s.Risk);
        var arcs = ArcPattern.Of(samples.Column(s => s.Arcs));
        if (samples.Count < ReadingsMin)
            return new TemporalPattern(Insufficient, 0, 0, 0, arcs, new Periodicity(false, null, null), 0, samples.Count);
        var (temperature, risk) = (Analytics.Trend.Slope(temperatures), Analytics.Trend.Slope(risks));
        return new TemporalPattern(
            Overall(temperature, risk), temperature, Analytics.Trend.Velocity(temperatures), risk, arcs, Periodicity.Of(temperatures),
            (Explained(temperatures, temperature) + Explained(risks, risk)) / 2, samples.Count);
    }

    /// <summary><c>determine_overall_trend</c>, which the document leaves open: rising when one rises and none falls, and so on.</summary>
    internal static string Overall(double temperatureSlope, double riskSlope)
    {
        var (temperature, risk) = (Direction(temperatureSlope, TemperatureSlope), Direction(riskSlope, RiskSlope));
        return (temperature + risk, temperature * risk) switch
        {
            (_, < 0) => "MIXED",
            (> 0, _) => Rising,
            (< 0, _) => "FALLING",
            _ => "STABLE",
        };
    }

    private static int Direction(double slope, double limit) => slope > limit ? 1 : slope < -limit ? -1 : 0;

    /// <summary><c>calculate_trend_confidence</c>, which the document leaves open: the coefficient of determination; 0 for values that do not move.</summary>
    private static double Explained(ReadOnlySpan<double> values, double slope)
    {
        var deviation = Analytics.Trend.Deviation(values);
        if (!(deviation > 0))
            return 0;
        // Of a line of least squares: slope² times the variance of the places, by the variance of the values.
        var places = ((double)values.Length * values.Length - 1) / 12;
        return Math.Clamp(slope * slope * places / (deviation * deviation), 0, 1);
    }
}
