namespace Garam.Decoding;

/// <summary>A metric a product can yield. A metric's kind and unit never change; the same name with another kind or unit is another definition.</summary>
/// <param name="Name">The metric's name, unique within a reading.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="Unit">The unit as the spec or the message names it, null when none is given.</param>
/// <param name="ValidMin">The smallest plausible value; null when unbounded. A value below is kept and flagged, or rejected, as the contract says.</param>
/// <param name="ValidMax">The largest plausible value; null when unbounded.</param>
public sealed record MetricDefinition(string Name, MetricKind Kind, string? Unit, double? ValidMin = null, double? ValidMax = null);
