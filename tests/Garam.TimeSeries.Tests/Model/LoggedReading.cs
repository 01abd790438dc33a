namespace Garam.TimeSeries.Tests.Model;

/// <summary>A reading in the caller's log.</summary>
/// <param name="IsRemoval">Whether it takes its samples away instead.</param>
internal sealed record LoggedReading(string Group, long Time, (string Series, double Value, bool Suspect)[] Samples, bool IsRemoval = false);
