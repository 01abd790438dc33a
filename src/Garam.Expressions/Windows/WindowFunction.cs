namespace Garam.Expressions.Windows;

/// <summary>What is asked of a window.</summary>
public enum WindowFunction
{
    /// <summary>Samples, or readings that met the condition; 0 for an empty window.</summary>
    Count,

    /// <summary>Sum.</summary>
    Sum,

    /// <summary>Arithmetic mean.</summary>
    Avg,

    /// <summary>Sample standard deviation (n − 1); missing below two samples.</summary>
    Stddev,

    /// <summary>Smallest value.</summary>
    Min,

    /// <summary>Largest value.</summary>
    Max,

    /// <summary>The 50th percentile.</summary>
    Median,

    /// <summary>A percentile, 0 to 100, between neighbours linearly.</summary>
    Percentile,

    /// <summary>Slope of the least-squares line, per second.</summary>
    Slope,

    /// <summary>Oldest value in the window.</summary>
    First,

    /// <summary>Newest value in the window.</summary>
    Last,

    /// <summary>The value before the newest in the window.</summary>
    Previous,

    /// <summary>Newest less oldest value.</summary>
    Delta,

    /// <summary>Newest less oldest value, per second between them.</summary>
    Rate,

    /// <summary>The value as it was one duration ago: the newest that was then known.</summary>
    Lag,
}
