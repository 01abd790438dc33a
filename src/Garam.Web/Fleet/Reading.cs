namespace Garam.Web.Fleet;

/// <summary>The newest value of a metric.</summary>
/// <param name="Unit">As the spec names it; null when it has none.</param>
/// <param name="Min">The least value the spec holds plausible.</param>
/// <param name="Max">The greatest.</param>
/// <param name="IsSuspect">Whether it broke its contract.</param>
public sealed record Reading(string Metric, double Value, bool IsBoolean, string? Unit, double? Min, double? Max, long TimeUs, bool IsSuspect);
