namespace Garam.Platform.Packs;

/// <summary>A reading that a payload became.</summary>
/// <param name="TimeUs">The device's own time, Unix microseconds; null when the payload names none.</param>
/// <param name="Missing">Metrics that the contract requires and that are not there.</param>
public sealed record TriedReading(long? TimeUs, IReadOnlyList<TriedValue> Values, IReadOnlyList<string> Missing);
