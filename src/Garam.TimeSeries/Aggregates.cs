namespace Garam.TimeSeries;

/// <summary>What a query computes of each interval.</summary>
[Flags]
public enum Aggregates : byte
{
    /// <summary>Sum divided by count.</summary>
    Average = 1,

    /// <summary>Least value.</summary>
    Min = 2,

    /// <summary>Greatest value.</summary>
    Max = 4,

    /// <summary>Number of samples.</summary>
    Count = 8,

    /// <summary>Sum; of decimals up to six places the exact one.</summary>
    Sum = 16,

    /// <summary>Oldest value.</summary>
    First = 32,

    /// <summary>Newest value.</summary>
    Last = 64,
}
