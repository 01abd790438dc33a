using Garam.Decoding;

namespace Garam.Platform.Packs;

/// <summary>One value of a tried reading.</summary>
/// <param name="Number">The number; 1 or 0 for a boolean; 0 for a text.</param>
/// <param name="Text">A text's value; null for others.</param>
/// <param name="IsSuspect">Whether it breaks the contract.</param>
public sealed record TriedValue(MetricDefinition Metric, double Number, string? Text, bool IsSuspect);
