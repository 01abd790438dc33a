namespace Garam.Expressions.Syntax;

/// <summary><c>item in [a, b]</c>; <c>not in</c> is a negation around it.</summary>
internal sealed class MembershipNode(SyntaxNode item, IReadOnlyList<SyntaxNode> list, int endPosition)
    : SyntaxNode(item.Position, endPosition - item.Position, Math.Max(item.Height, list.Max(l => l.Height)) + 1)
{
    public SyntaxNode Item { get; } = item;

    public IReadOnlyList<SyntaxNode> List { get; } = list;
}
