namespace Garam.Packs.Fire.Analytics;

/// <summary>Something odd about a reading (part 3, <c>detect_sensor_anomalies</c>).</summary>
/// <param name="Sensor">The measurement, or <c>power_consistency</c>.</param>
/// <param name="Type"><c>RANGE_VIOLATION</c> or <c>CALCULATION_MISMATCH</c>.</param>
/// <param name="Severity"><c>HIGH</c> for the temperature, else <c>MEDIUM</c>.</param>
/// <param name="Value">What was measured; of a mismatch, watts.</param>
/// <param name="Calculated">Of a mismatch: volts times amperes times power factor.</param>
internal sealed record SensorAnomaly(string Sensor, string Type, string Severity, double Value, double? Calculated = null)
{
    private const double PowerTolerance = 0.2;

    private static readonly (string Sensor, double Min, double Max, Func<FireSample, double> Of)[] Usual =
    [
        ("temperature", 20, 60, s => s.Temperature),
        ("voltage", 200, 250, s => s.Voltage),
        ("current", 0, 120, s => s.Current),
        ("co_gas", 0, 20, s => s.CarbonMonoxide),
        ("voc", 0, 500, s => s.Voc),
        ("power_factor", 0.8, 1.0, s => s.PowerFactor),
    ];

    public static IReadOnlyList<SensorAnomaly> In(FireSample sample)
    {
        var anomalies = new List<SensorAnomaly>();
        foreach (var (sensor, min, max, of) in Usual)
        {
            var value = of(sample);
            if (value < min || value > max)
                anomalies.Add(new SensorAnomaly(sensor, "RANGE_VIOLATION", sensor == "temperature" ? "HIGH" : "MEDIUM", value));
        }

        // The power is sent in kilowatts (docs/decisions/0005).
        var (calculated, measured) = (sample.Voltage * sample.Current * sample.PowerFactor, sample.Power * 1_000);
        if (Math.Abs(calculated - measured) > calculated * PowerTolerance)
            anomalies.Add(new SensorAnomaly("power_consistency", "CALCULATION_MISMATCH", "MEDIUM", measured, calculated));
        return anomalies;
    }
}
