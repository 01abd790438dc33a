namespace Garam.Packs.Fire.Analytics;

/// <summary>
/// <c>analyze_cluster_risk</c>, which the document leaves open: a device and its neighbours judged by the limits of its correlation query, 0.7
/// for a device at high risk and two of them for a cluster.
/// </summary>
/// <param name="Level"><c>HIGH_RISK_CLUSTER</c>, <c>ELEVATED</c> (one at high risk, or 0.4 on average), or <c>NORMAL</c>.</param>
/// <param name="AverageRisk">NaN when no risk is known.</param>
public sealed record ClusterRisk(string Level, double AverageRisk, double MaxRisk, IReadOnlyList<string> HighRiskDevices)
{
    public const string Cluster = "HIGH_RISK_CLUSTER";

    public const string Elevated = "ELEVATED";
    public const string Normal = "NORMAL";

    /// <summary>Above this a device is at high risk.</summary>
    public const double HighRisk = 0.7;

    internal static ClusterRisk Of(IEnumerable<(string DeviceId, double Risk)> devices)
    {
        var known = devices.Where(d => !double.IsNaN(d.Risk)).ToList();
        var high = known.Where(d => d.Risk > HighRisk).Select(d => d.DeviceId).ToList();
        var average = known.Count == 0 ? double.NaN : known.Average(d => d.Risk);
        var level = high.Count >= 2 ? Cluster : high.Count == 1 || average >= 0.4 ? Elevated : Normal;
        return new ClusterRisk(level, average, known.Count == 0 ? double.NaN : known.Max(d => d.Risk), high);
    }
}
