namespace Garam.TimeSeries;

/// <summary>One value of a reading.</summary>
/// <param name="Series">Handle from <see cref="SeriesGroup.Series"/>, of the same group.</param>
/// <param name="Value">Any double; whole numbers are exact up to 2^53, booleans are 0 and 1.</param>
/// <param name="Flags">Quality and role of this value.</param>
public readonly record struct SeriesSample(int Series, double Value, SampleFlags Flags = SampleFlags.None);
