namespace Garam.TimeSeries.Texts;

/// <summary>A text at a time, UTF-8.</summary>
internal readonly record struct TextEntry(long Time, byte[] Value);
