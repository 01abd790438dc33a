namespace Garam.Packs.Fire.Board;

/// <summary>Where temperature and risk of a detector's newest readings lead: the document's overall trend.</summary>
public enum RiskTrend
{
    /// <summary>Too few readings to say.</summary>
    Unknown,
    Stable,
    Rising,
    Falling,

    /// <summary>One rises, the other falls.</summary>
    Mixed,
}
