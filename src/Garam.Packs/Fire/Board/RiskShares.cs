namespace Garam.Packs.Fire.Board;

/// <summary>What a risk is made of; NaN for a part of which nothing is known.</summary>
/// <param name="Temperature"><c>temperature_score</c>, 0.1 to 1.</param>
/// <param name="Electrical"><c>electrical_risk_score</c>, 0 to 0.9.</param>
/// <param name="Gas"><c>gas_risk_score</c>, 0 to 0.35.</param>
/// <param name="Pattern"><c>pattern_risk</c>, 0 to 0.35: no reading can have more.</param>
/// <param name="Status"><c>status_risk</c>, 0 to 1.</param>
public readonly record struct RiskShares(double Temperature, double Electrical, double Gas, double Pattern, double Status)
{
    /// <summary>The most that each part can be, in the order of the parameters.</summary>
    public static readonly RiskShares Full = new(1, 0.9, 0.35, 0.35, 1);
}
