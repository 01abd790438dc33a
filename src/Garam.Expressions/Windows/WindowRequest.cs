namespace Garam.Expressions.Windows;

/// <summary>One window that expressions of a plan read.</summary>
/// <param name="Function">What is asked of it.</param>
/// <param name="Source">What is observed, as first written: a metric, a formula or a condition.</param>
/// <param name="Slots">The slots the source reads.</param>
/// <param name="Duration">How far it reaches back; a lag keeps samples for twice as long.</param>
/// <param name="Percent">The percentile, 0 to 100; 0 for other functions.</param>
public sealed record WindowRequest(
    WindowFunction Function, string Source, IReadOnlyList<int> Slots, TimeSpan Duration, double Percent);
