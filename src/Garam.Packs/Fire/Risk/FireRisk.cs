namespace Garam.Packs.Fire.Risk;

/// <summary>The whole of a reading's risk (2.1, <c>perform_realtime_analysis</c>). NaN is what cannot be said.</summary>
/// <param name="Score"><c>risk_score</c>, 0 to 1.</param>
/// <param name="Confidence">0.5 to 1: how well rules and status agree.</param>
/// <param name="Level">One of <see cref="RiskLevel.All"/>; null without a score.</param>
internal readonly record struct FireRisk(double Rules, double Status, double Patterns, double Score, double Confidence, string? Level)
{
    /// <param name="modifier">What the past makes of it: 1 or more.</param>
    public static FireRisk Of(in FireReading reading, double modifier)
    {
        var (rules, status, patterns) = (RiskParts.ByRules(reading), RiskParts.ByStatus(reading), RiskParts.ByPatterns(reading));
        if (double.IsNaN(status) || double.IsNaN(reading.Temperature))
            return new FireRisk(rules, status, patterns, double.NaN, double.NaN, null);
        var known = double.IsNaN(patterns) ? 0 : patterns;
        var weighed = rules * 0.4 + status * 0.3 + known * 0.3;
        var score = Math.Min(1.0, weighed * modifier);
        var confidence = Math.Max(0.5, Math.Min(1.0, 1.0 - Math.Abs(rules - status) * 0.5));
        return new FireRisk(rules, status, patterns, score, confidence, RiskLevel.Of(score));
    }
}
