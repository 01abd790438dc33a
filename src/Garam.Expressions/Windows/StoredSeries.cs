namespace Garam.Expressions.Windows;

/// <summary>Stored samples of one metric, for a warm-up.</summary>
/// <param name="Slot">Slot of the metric.</param>
/// <param name="TimesUs">Event times, microseconds since 1970 UTC, ascending.</param>
/// <param name="Values">The values, as many as times; NaN is skipped.</param>
public readonly record struct StoredSeries(int Slot, ReadOnlyMemory<long> TimesUs, ReadOnlyMemory<double> Values);
