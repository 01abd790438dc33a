namespace Garam.Packs.Fire.Risk;

/// <summary>The document's 1.2, <c>calculate_risk_indicators</c>. NaN is a score of which nothing is known.</summary>
/// <param name="Temperature">0.1 to 1.</param>
/// <param name="Electrical">0 to 0.9.</param>
/// <param name="Gas">0 to 0.35.</param>
/// <param name="Total">0 to 1; NaN without a status or a temperature, for then a low figure would be a lie.</param>
/// <param name="TemperatureRisk"><c>LOW</c>, <c>MEDIUM</c>, <c>HIGH</c> or <c>CRITICAL</c>; null without a temperature.</param>
internal readonly record struct RiskIndicators(double Temperature, double Electrical, double Gas, double Total, string? TemperatureRisk)
{
    /// <summary>Adds in the document's order, so that the last bit is the document's too. What is missing adds nothing.</summary>
    public static RiskIndicators Of(in FireReading reading)
    {
        var (temperature, risk) = TemperatureOf(reading.Temperature);
        var electrical = ElectricalOf(reading);
        var gas = GasOf(reading);
        var total = double.IsNaN(temperature) || !reading.HasStatus
            ? double.NaN
            : Math.Min(1.0, temperature * 0.4 + Known(electrical) + Known(gas));
        return new RiskIndicators(temperature, electrical, gas, total, risk);
    }

    private static (double Score, string? Risk) TemperatureOf(double hottest) => hottest switch
    {
        double.NaN => (double.NaN, null),
        > 60 => (1.0, "CRITICAL"),
        > 50 => (0.7, "HIGH"),
        > 40 => (0.4, "MEDIUM"),
        _ => (0.1, "LOW"),
    };

    private static double ElectricalOf(in FireReading reading)
    {
        if (!reading.HasStatus && double.IsNaN(reading.Arcs))
            return double.NaN;
        var score = 0.0;
        if (reading.Has(FireStatus.Overvoltage))
            score += 0.15;
        if (reading.Has(FireStatus.Overcurrent))
            score += 0.20;
        if (reading.Has(FireStatus.TotalLeakage))
            score += 0.25;
        if (reading.Arcs > 0)
            score += Math.Min(0.3, reading.Arcs * 0.05);
        return score;
    }

    private static double GasOf(in FireReading reading)
    {
        if (double.IsNaN(reading.CarbonMonoxide) && double.IsNaN(reading.Voc))
            return double.NaN;
        var score = 0.0;
        if (reading.CarbonMonoxide > 17)
            score += 0.2;
        if (reading.Voc > 400)
            score += 0.15;
        return score;
    }

    private static double Known(double score) => double.IsNaN(score) ? 0 : score;
}
