namespace Garam.TimeSeries;

/// <summary>The newest sample of a series.</summary>
/// <param name="Name">Series name.</param>
/// <param name="Kind">What the number means.</param>
/// <param name="TimeUs">Microseconds since the Unix epoch.</param>
/// <param name="Value">The value.</param>
/// <param name="IsSuspect">Whether it broke its contract.</param>
public readonly record struct NewestValue(string Name, SeriesKind Kind, long TimeUs, double Value, bool IsSuspect);
