namespace Garam.TimeSeries.Tests.Model;

/// <summary>A reading in the caller's log.</summary>
internal sealed record LoggedReading(string Group, long Time, (string Series, double Value, bool Suspect)[] Samples);
