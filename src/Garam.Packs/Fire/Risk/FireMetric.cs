namespace Garam.Packs.Fire.Risk;

/// <summary>Names of the metrics of a fire detector: the spec's and the derived ones.</summary>
internal static class FireMetric
{
    public const string Product = "fire-detector";

    public const string Index = "idx";
    public const string Status = "status_bits";
    public const string VerifyStatus = "verify_status";
    public const string Voltage = "voltage";
    public const string VoltageLow = "voltage_low";
    public const string Current = "current";
    public const string Leakage = "leakage_current";
    public const string ResistiveLeakage = "resistive_leakage";
    public const string Power = "power";
    public const string BoardTemperature = "pcb_temperature";
    public const string SensorTemperature = "sensor_temperature";
    public const string CarbonMonoxide = "co_gas";
    public const string Voc = "voc";
    public const string PowerFactor = "power_factor";
    public const string Arcs = "arc_count";

    public const string Temperature = "temperature";
    public const string TemperatureScore = "temperature_score";
    public const string ElectricalScore = "electrical_risk_score";
    public const string GasScore = "gas_risk_score";
    public const string TotalScore = "total_risk_score";
    public const string TemperatureRisk = "temperature_risk";
    public const string AlarmCount = "total_alarm_count";
    public const string RuleRisk = "rule_risk";
    public const string StatusRisk = "status_risk";
    public const string PatternRisk = "pattern_risk";
    public const string Modifier = "risk_modifier";
    public const string Score = "risk_score";
    public const string Confidence = "risk_confidence";
    public const string Level = "risk_level";
    public const string VerifyMismatch = "verify_mismatch";
    public const string Streak = "high_risk_streak";
    public const string MissingInputs = "missing_inputs";
}
