namespace Garam.Packs.Fire.Analytics;

/// <summary>One stored reading, as far as the analysis looks at it; NaN where the reading has nothing.</summary>
/// <param name="TimeUs">Unix microseconds.</param>
/// <param name="Risk">The final risk (<c>risk_score</c>).</param>
internal readonly record struct FireSample(
    long TimeUs, double Temperature, double Risk, double Arcs, double Current, double Voltage, double CarbonMonoxide, double Voc, double PowerFactor,
    double Power, double Confidence, double MissingInputs, double Status);
