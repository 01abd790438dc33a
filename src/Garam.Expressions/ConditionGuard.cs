namespace Garam.Expressions;

/// <summary>A comparison without which a condition cannot hold: one metric beside one number. Looking at it is cheaper than evaluating the whole.</summary>
/// <param name="Name">The metric.</param>
/// <param name="IsAbove">Whether it must be at least the limit, or at most.</param>
/// <param name="Limit">The number; the metric may equal it.</param>
public sealed record ConditionGuard(string Name, bool IsAbove, double Limit);
