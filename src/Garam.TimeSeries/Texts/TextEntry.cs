namespace Garam.TimeSeries.Texts;

/// <summary>A text at a time, UTF-8; null says that what stood there is removed.</summary>
internal readonly record struct TextEntry(long Time, byte[]? Value);
