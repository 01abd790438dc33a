namespace Garam.Expressions.Syntax;

internal sealed class BinaryNode(BinaryOperator @operator, Token token, SyntaxNode left, SyntaxNode right)
    : SyntaxNode(left.Position, right.EndPosition - left.Position, Math.Max(left.Height, right.Height) + 1)
{
    public BinaryOperator Operator { get; } = @operator;

    public Token Token { get; } = token;

    public SyntaxNode Left { get; } = left;

    public SyntaxNode Right { get; } = right;

    public override IReadOnlyList<SyntaxNode> Parts => [Left, Right];
}
