namespace Garam.Expressions;

/// <summary>
/// The conditions that <c>devices(condition)</c> counts over the devices of a group. Whoever runs the rule keeps, for each
/// condition, how many devices of the group met it within the rule's time, and hands the counts over in
/// <see cref="EvaluationFrame.PeerCounts"/> in the same order.
/// </summary>
public sealed class PeerPlan
{
    private readonly List<CompiledExpression> _conditions = [];
    private readonly Dictionary<string, int> _byText = new(StringComparer.Ordinal);

    /// <summary>The conditions, each evaluated on every reading of every device of the group.</summary>
    public IReadOnlyList<CompiledExpression> Conditions => _conditions;

    internal int Add(string canonicalText, CompiledExpression condition)
    {
        if (_byText.TryGetValue(canonicalText, out var index))
            return index;
        _conditions.Add(condition);
        _byText.Add(canonicalText, _conditions.Count - 1);
        return _conditions.Count - 1;
    }
}
