namespace Garam.TimeSeries;

/// <summary>What the numbers of a series mean; they are stored alike.</summary>
public enum SeriesKind : byte
{
    /// <summary>A measurement.</summary>
    Number = 0,

    /// <summary>A whole number.</summary>
    Integer = 1,

    /// <summary>0 or 1.</summary>
    Boolean = 2,
}
