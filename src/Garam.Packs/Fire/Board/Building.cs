using System.Globalization;
using Garam.Packs.Fire.Analytics;

namespace Garam.Packs.Fire.Board;

/// <summary>A site and its detectors, looked at together.</summary>
/// <param name="Site">Its id; empty for detectors without a site, which are no cluster whatever they say.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Detectors">By title, so that each keeps its place.</param>
/// <param name="Cluster">Of the detectors that were heard within two minutes; null without a site.</param>
/// <param name="Worst">The greatest risk of an active detector; NaN when none is known.</param>
public sealed record Building(string Site, string Title, IReadOnlyList<Detector> Detectors, ClusterRisk? Cluster, double Worst)
{
    private static readonly StringComparer ByTitle = StringComparer.Create(CultureInfo.InvariantCulture, CompareOptions.NumericOrdering | CompareOptions.IgnoreCase);

    public bool IsCluster => Cluster?.Level == ClusterRisk.Cluster;

    /// <summary>Whether a detector belongs to the cluster, while there is one.</summary>
    public bool IsInCluster(Detector detector) => IsCluster && Cluster!.HighRiskDevices.Contains(detector.Id);

    internal bool IsSameAs(Building other) =>
        Title == other.Title && Cluster?.Level == other.Cluster?.Level && Detectors.SequenceEqual(other.Detectors, ReferenceEqualityComparer.Instance)
        && (Cluster is null || Cluster.HighRiskDevices.SequenceEqual(other.Cluster!.HighRiskDevices));

    internal static Building Of(string site, string title, IEnumerable<Detector> detectors, long nowUs)
    {
        var all = detectors.OrderBy(d => d.Title, ByTitle).ThenBy(d => d.Id, StringComparer.Ordinal).ToList();
        var cluster = site.Length == 0 ? null : ClusterRisk.Of(all.Where(d => d.IsHeardAt(nowUs)).Select(d => (d.Id, d.Risk)));
        return new Building(site, title, all, cluster, all.Where(d => d.IsActive && !double.IsNaN(d.Risk)).Select(d => d.Risk).DefaultIfEmpty(double.NaN).Max());
    }
}
