using Garam.Packs.Fire.Risk;

namespace Garam.Packs.Fire.Board;

/// <summary>The fire detectors that somebody sees, at one moment. Detectors and buildings that have not changed since the look before are the same objects.</summary>
/// <param name="Detectors">Worst first; silent ones behind those that speak.</param>
/// <param name="Buildings">Clusters first, then by the worst risk in them.</param>
/// <param name="Levels">How many active detectors there are of each of <see cref="RiskLevel.All"/>, in that order.</param>
/// <param name="AverageRisk">Of the active ones; NaN when none is known.</param>
public sealed record FireOverview(
    IReadOnlyList<Detector> Detectors, IReadOnlyList<Building> Buildings, IReadOnlyList<int> Levels, int Active, double AverageRisk)
{
    /// <summary>The document's system status: more than four fifths are active.</summary>
    public bool IsHealthy => Active > Detectors.Count * 0.8;

    public int Clusters => Buildings.Count(b => b.IsCluster);
}
