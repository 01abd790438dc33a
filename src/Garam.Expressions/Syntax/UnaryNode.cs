namespace Garam.Expressions.Syntax;

internal sealed class UnaryNode(int position, UnaryOperator @operator, SyntaxNode operand)
    : SyntaxNode(position, operand.EndPosition - position, operand.Height + 1)
{
    public UnaryOperator Operator { get; } = @operator;

    public SyntaxNode Operand { get; } = operand;

    public override IReadOnlyList<SyntaxNode> Parts => [Operand];
}
