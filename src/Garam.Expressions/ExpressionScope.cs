using Garam.Expressions.Windows;

namespace Garam.Expressions;

/// <summary>What an expression may use where it stands.</summary>
/// <param name="Symbols">The names.</param>
public sealed record ExpressionScope(SymbolTable Symbols)
{
    /// <summary>What the whole must be: <see cref="ExpressionType.Boolean"/> for a condition; Any takes everything.</summary>
    public ExpressionType Expected { get; init; } = ExpressionType.Any;

    /// <summary>Takes up the windows the expression needs; null where windows are not available.</summary>
    public WindowPlan? Windows { get; init; }

    /// <summary>Other names for symbols where this expression stands; looked up before the symbols. Not inside windows.</summary>
    public IReadOnlyDictionary<string, string>? Aliases { get; init; }

    /// <summary>Takes up the conditions of <c>devices(condition)</c>; null outside correlation rules.</summary>
    public PeerPlan? Peers { get; init; }
}
