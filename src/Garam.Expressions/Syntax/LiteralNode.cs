namespace Garam.Expressions.Syntax;

/// <summary>A constant; the missing value is the literal <c>missing</c>.</summary>
internal sealed class LiteralNode(int position, int length, Value value) : SyntaxNode(position, length, 1)
{
    public Value Value { get; } = value;
}
