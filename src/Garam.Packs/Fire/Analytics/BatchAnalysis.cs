namespace Garam.Packs.Fire.Analytics;

/// <summary>The document's micro-batch (part 3, <c>perform_batch_analysis</c>) of a device's readings of some minutes.</summary>
/// <param name="RiskTrend">Slope a reading.</param>
/// <param name="RiskVolatility">Standard deviation of the population.</param>
internal sealed record BatchAnalysis(
    double RiskTrend, double RiskVolatility, double MaxRisk, double MinRisk, double AverageRisk, IReadOnlyList<BatchAnomaly> Anomalies,
    IReadOnlyList<string> Recommendations, int RecordCount)
{
    /// <summary>Null with fewer than 2 readings, as in the document.</summary>
    public static BatchAnalysis? Of(IReadOnlyList<(long TimeUs, double Risk)> readings)
    {
        if (readings.Count < 2)
            return null;
        var risks = readings.Select(r => r.Risk).ToArray();
        var anomalies = BatchAnomaly.In(readings);
        var (trend, average) = (Trend.Slope(risks), Trend.Mean(risks));
        return new BatchAnalysis(trend, Trend.Deviation(risks), risks.Max(), risks.Min(), average, anomalies, Recommend(trend, average, anomalies), risks.Length);
    }

    /// <summary><c>generate_batch_recommendations</c>, which the document leaves open.</summary>
    private static List<string> Recommend(double trend, double average, IReadOnlyList<BatchAnomaly> anomalies)
    {
        var recommendations = new List<string>();
        if (anomalies.Any(a => a.Type == BatchAnomaly.SustainedRisk))
            recommendations.Add("IMMEDIATE_INSPECTION");
        if (anomalies.Any(a => a.Type == BatchAnomaly.RapidChange))
            recommendations.Add("CHECK_SENSORS_AND_LOAD");
        if (trend > 0.01 && average > 0.4)
            recommendations.Add("WATCH_RISING_RISK");
        return recommendations;
    }
}
