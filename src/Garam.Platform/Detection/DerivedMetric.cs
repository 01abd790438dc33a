using Garam.Decoding;

namespace Garam.Platform.Detection;

/// <summary>A metric made by a derivation.</summary>
public sealed record DerivedMetric(string Name, MetricKind Kind, string? Unit = null);
