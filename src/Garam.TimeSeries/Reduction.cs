namespace Garam.TimeSeries;

/// <summary>How a result with too many points is thinned for a plot.</summary>
public enum Reduction : byte
{
    /// <summary>Not at all: all points are returned.</summary>
    None,

    /// <summary>Largest triangle three buckets: keeps the shape a person sees.</summary>
    Lttb,

    /// <summary>The least and the greatest of each stretch: keeps every extreme.</summary>
    MinMax,
}
