using Garam.Decoding;
using Garam.Platform.Detection;

namespace Garam.Packs.Fire.Risk;

/// <summary>
/// The risk of every reading of a fire detector, as the fire document computes it: indicators (1.2), then the analysis by rules, status and
/// patterns with the hour before it (2.1).
/// </summary>
/// <remarks>
/// What a missing input would have added is not added, and <c>missing_inputs</c> counts them. A score none of whose inputs is there is missing;
/// so are the total and the final risk without a status or without any temperature. <c>high_risk_streak</c> counts readings in a row whose risk
/// is above 0.7 (part 3, <c>SUSTAINED_HIGH_RISK</c>); one that comes late is not part of the row.
/// </remarks>
internal sealed class FireDerivation : IMetricDerivation
{
    public string ProductId => FireMetric.Product;

    public IReadOnlyList<string> Inputs { get; } =
    [
        FireMetric.Status, FireMetric.VerifyStatus, FireMetric.Voltage, FireMetric.VoltageLow, FireMetric.Current, FireMetric.Leakage,
        FireMetric.ResistiveLeakage, FireMetric.Power, FireMetric.BoardTemperature, FireMetric.SensorTemperature, FireMetric.CarbonMonoxide,
        FireMetric.Voc, FireMetric.PowerFactor, FireMetric.Arcs,
    ];

    public IReadOnlyList<DerivedMetric> Outputs { get; } =
    [
        new(FireMetric.Temperature, MetricKind.Number, "celsius"),
        new(FireMetric.TemperatureScore, MetricKind.Number),
        new(FireMetric.ElectricalScore, MetricKind.Number),
        new(FireMetric.GasScore, MetricKind.Number),
        new(FireMetric.TotalScore, MetricKind.Number),
        new(FireMetric.TemperatureRisk, MetricKind.Text),
        new(FireMetric.AlarmCount, MetricKind.Number),
        new(FireMetric.RuleRisk, MetricKind.Number),
        new(FireMetric.StatusRisk, MetricKind.Number),
        new(FireMetric.PatternRisk, MetricKind.Number),
        new(FireMetric.Modifier, MetricKind.Number),
        new(FireMetric.Score, MetricKind.Number),
        new(FireMetric.Confidence, MetricKind.Number),
        new(FireMetric.Level, MetricKind.Text),
        new(FireMetric.Streak, MetricKind.Number),
        new(FireMetric.VerifyMismatch, MetricKind.Boolean),
        new(FireMetric.MissingInputs, MetricKind.Number),
    ];

    public TimeSpan History => RiskHistory.Window;

    public IDerivationState NewState() => new FireDerivationState();
}
