namespace Garam.Bench.Query;

/// <summary>One request, repeated.</summary>
/// <param name="Name">What it asks for.</param>
/// <param name="Path">What was requested.</param>
/// <param name="P50Ms">Half took no longer.</param>
/// <param name="P95Ms">95 % took no longer.</param>
/// <param name="MaxMs">The longest.</param>
/// <param name="Bytes">Length of the answer.</param>
internal sealed record QueryTiming(string Name, string Path, double P50Ms, double P95Ms, double MaxMs, long Bytes);
