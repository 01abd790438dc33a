using Garam.Packs.Fire.Board;

namespace Garam.Web.Fire;

/// <summary>Whether two states of a building are drawn alike.</summary>
internal static class BuildingLook
{
    public static bool AreAlike(Building one, Building other) =>
        one.Title == other.Title && Head(one) == Head(other) && one.Detectors.Select(d => Window(one, d)).SequenceEqual(other.Detectors.Select(d => Window(other, d)));

    private static (string? Level, double Average, double Worst, int High) Head(Building building) => building.Cluster is { } cluster
        ? (cluster.Level, DetectorLook.Short(cluster.AverageRisk), DetectorLook.Short(cluster.MaxRisk), cluster.HighRiskDevices.Count)
        : default;

    private static (string Id, string Title, string Level, double Risk, bool IsInCluster) Window(Building building, Detector detector) =>
        (detector.Id, detector.Title, FireSign.Level(detector), DetectorLook.Short(detector.Risk), building.IsInCluster(detector));
}
