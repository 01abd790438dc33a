using Garam.Packs.Fire.Analytics;
using Garam.Packs.Fire.Board;
using Garam.Packs.Fire.Risk;
using Garam.Web.Visits;

namespace Garam.Web.Fire;

/// <summary>A risk level's shape, colour and word: each alone tells it. Shapes are those of conditions and severities.</summary>
internal static class FireSign
{
    /// <summary>Stands for a detector that is not active, or says nothing of its risk.</summary>
    public const string Silent = "SILENT";

    public static string Level(Detector detector) => detector.IsActive && detector.Level is { } level ? level : Silent;

    public static string Shape(string level) => level switch
    {
        RiskLevel.Critical => "■",
        RiskLevel.High => "◆",
        RiskLevel.Medium => "▲",
        RiskLevel.Low => "▽",
        RiskLevel.Normal => "●",
        _ => "○",
    };

    /// <summary>Lends its colours to what is inside.</summary>
    public static string Class(string level) => level switch
    {
        RiskLevel.Critical => "s-critical",
        RiskLevel.High => "s-high",
        RiskLevel.Medium => "s-medium",
        RiskLevel.Low => "s-slight",
        RiskLevel.Normal => "s-normal",
        _ => "s-offline",
    };

    public static string Word(string level, Visit visit) => visit["fire.level." + level.ToLowerInvariant()];

    /// <summary>A cluster risk as the level whose sign it bears.</summary>
    public static string OfCluster(string? cluster) => cluster switch
    {
        ClusterRisk.Cluster => RiskLevel.Critical,
        ClusterRisk.Elevated => RiskLevel.Medium,
        ClusterRisk.Normal => RiskLevel.Normal,
        _ => Silent,
    };

    public static string ClusterWord(string cluster, Visit visit) => visit["fire.cluster." + (cluster switch
    {
        ClusterRisk.Cluster => "high",
        ClusterRisk.Elevated => "elevated",
        _ => "normal",
    })];

    /// <summary>A risk with the two digits that the document writes; a dash when it is not known.</summary>
    public static string Risk(double risk, Visit visit) => double.IsNaN(risk) ? Figures.Figure.None : risk.ToString("0.00", visit.Culture);

    public static string Address(string site) => site.Length == 0 ? "/fire" : "/fire/" + Uri.EscapeDataString(site);
}
