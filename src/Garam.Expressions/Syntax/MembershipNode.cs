namespace Garam.Expressions.Syntax;

/// <summary><c>item in [a, b]</c>, <c>item not in [a, b]</c>: two comparisons, neither of which holds for a missing item.</summary>
internal sealed class MembershipNode(SyntaxNode item, bool negated, IReadOnlyList<SyntaxNode> list, int endPosition)
    : SyntaxNode(item.Position, endPosition - item.Position, Math.Max(item.Height, list.Max(l => l.Height)) + 1)
{
    public SyntaxNode Item { get; } = item;

    public bool Negated { get; } = negated;

    public IReadOnlyList<SyntaxNode> List { get; } = list;

    public override IReadOnlyList<SyntaxNode> Parts => [Item, .. List];
}
