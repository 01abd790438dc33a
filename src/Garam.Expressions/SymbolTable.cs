using System.Diagnostics.CodeAnalysis;

namespace Garam.Expressions;

/// <summary>
/// The names that the expressions of one product, or one decoder, may use. Slots are given out in order, from 0; whoever
/// evaluates fills a span in that order. Not safe for concurrent use while expressions are bound; immutable afterwards.
/// </summary>
public sealed class SymbolTable
{
    private readonly Dictionary<string, Symbol> _byName = new(StringComparer.Ordinal);
    private readonly List<Symbol> _symbols = [];
    private readonly List<(string Prefix, ExpressionType Type)> _open = [];

    /// <summary>All names, by slot. Names under an open prefix appear when an expression first uses them.</summary>
    public IReadOnlyList<Symbol> Symbols => _symbols;

    /// <summary>Adds a name, or gives the one that is there.</summary>
    /// <exception cref="InvalidOperationException">The table is full (<see cref="ExpressionLimits.SymbolsMax"/>).</exception>
    public Symbol Add(string name, ExpressionType type)
    {
        if (_byName.TryGetValue(name, out var known))
            return known;
        if (_symbols.Count >= ExpressionLimits.SymbolsMax)
            throw new InvalidOperationException($"A symbol table takes {ExpressionLimits.SymbolsMax} names.");
        var symbol = new Symbol(name, _symbols.Count, type);
        _byName.Add(name, symbol);
        _symbols.Add(symbol);
        return symbol;
    }

    /// <summary>
    /// Accepts every name that starts so and gives it a slot when an expression first uses it: <c>device.tags.</c>, or the
    /// empty text for payloads without a schema.
    /// </summary>
    public void AddOpen(string prefix, ExpressionType type) => _open.Add((prefix, type));

    internal bool TryResolve(string name, [NotNullWhen(true)] out Symbol? symbol)
    {
        if (_byName.TryGetValue(name, out symbol))
            return true;
        foreach (var (prefix, type) in _open)
        {
            if (name.Length <= prefix.Length || !name.StartsWith(prefix, StringComparison.Ordinal))
                continue;
            if (_symbols.Count >= ExpressionLimits.SymbolsMax)
                return false;
            symbol = Add(name, type);
            return true;
        }

        return false;
    }
}
