using Garam.Decoding;

namespace Garam.Platform.Telemetry;

/// <summary>A metric of a reading for people: number, boolean (0 or 1) or text.</summary>
public sealed record MetricValue(string Name, MetricKind Kind, double Number, string? Text, string? Unit);
