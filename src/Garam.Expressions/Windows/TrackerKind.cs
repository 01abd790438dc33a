namespace Garam.Expressions.Windows;

/// <summary>The state a window function is answered from; functions of one kind, source and duration share it.</summary>
internal enum TrackerKind
{
    /// <summary>The newest samples alone: last, previous.</summary>
    None,
    Moments,
    Range,
    Edges,
    Trend,
    Quantiles,
}
