namespace Garam.Packs.Fire.Risk;

/// <summary>The document's levels of risk (2.1, <c>determine_risk_level</c>).</summary>
public static class RiskLevel
{
    public const string Critical = "CRITICAL";
    public const string High = "HIGH";
    public const string Medium = "MEDIUM";
    public const string Low = "LOW";
    public const string Normal = "NORMAL";

    /// <summary>From the least to the worst, as the overview lists them.</summary>
    public static readonly IReadOnlyList<string> All = [Normal, Low, Medium, High, Critical];

    public static string Of(double score) => score switch
    {
        >= 0.8 => Critical,
        >= 0.6 => High,
        >= 0.4 => Medium,
        >= 0.2 => Low,
        _ => Normal,
    };
}
