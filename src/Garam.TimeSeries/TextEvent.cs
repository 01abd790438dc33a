namespace Garam.TimeSeries;

/// <summary>A moment at which a text became another.</summary>
/// <param name="TimeUs">Microseconds since the Unix epoch.</param>
/// <param name="Value">The text from then on.</param>
public readonly record struct TextEvent(long TimeUs, string Value);
