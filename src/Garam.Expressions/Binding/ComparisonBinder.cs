using Garam.Expressions.Syntax;

namespace Garam.Expressions.Binding;

/// <summary>Binds comparisons: both sides of one type, an order only where there is one.</summary>
internal sealed class ComparisonBinder(Binder binder)
{
    public Operand Order(BinaryNode node)
    {
        var (left, right) = Sides(node);
        foreach (var (side, operand) in new[] { (node.Left, left), (node.Right, right) })
        {
            if (operand.Type is ExpressionType.Boolean or ExpressionType.Text)
                return binder.Fail(side, $"`{binder.TextOf(side)}` is {operand.Type.WithArticle()}, which has no order",
                    binder.Source.Dialect == ExpressionDialect.Sql ? (Phrase)$"Compare it by = or <>." : $"Compare it by == or !=.");
        }

        var comparison = Comparison.OfNumbers(node.Operator, left, right, binder.WhenMissing);
        return Binder.Fold(Operand.Boolean(NumberBounds.Guarded(node.Operator, left, right, comparison)), left, right);
    }

    public Operand Equality(BinaryNode node)
    {
        var (left, right) = Sides(node);
        return Binder.Fold(Operand.Boolean(Equality(node.Operator == BinaryOperator.Equal, left, right)), left, right);
    }

    public Operand Membership(MembershipNode node)
    {
        var item = binder.Bind(node.Item);
        var entries = new Operand[node.List.Count];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = binder.Bind(node.List[i]);
            if (!entries[i].Fits(item.Type))
                binder.Report(node.List[i], $"`{binder.TextOf(node.List[i])}` is {entries[i].Type.WithArticle()}, `{binder.TextOf(node.Item)}` is {item.Type.WithArticle()}", $"List values of the same type.");
        }

        var program = MembershipProgram.Of(item, entries, node.Negated ? Truth.False : Truth.True, binder.WhenMissing);
        return Binder.Fold(Operand.Boolean(program), [item, .. entries]);
    }

    private (Operand Left, Operand Right) Sides(BinaryNode node)
    {
        var left = binder.Bind(node.Left);
        var right = binder.Bind(node.Right);
        if (left.IsMissingLiteral || right.IsMissingLiteral)
        {
            var other = left.IsMissingLiteral ? node.Right : node.Left;
            binder.Report(node, $"a comparison with a missing value never holds",
                binder.Source.Dialect == ExpressionDialect.Sql ? (Phrase)$"Write {binder.TextOf(other)} IS NULL." : $"Write is_missing({binder.TextOf(other)}).");
        }
        else if (!left.Fits(right.Type))
        {
            binder.Report(node, $"`{binder.TextOf(node.Left)}` is {left.Type.WithArticle()}, `{binder.TextOf(node.Right)}` is {right.Type.WithArticle()}",
                $"Compare values of the same type.");
        }

        return (left, right);
    }

    private TruthProgram Equality(bool equal, Operand left, Operand right)
    {
        var type = left.Type == right.Type ? left.Type : ExpressionType.Any;
        return type switch
        {
            ExpressionType.Number or ExpressionType.Duration =>
                Comparison.OfNumbers(equal ? BinaryOperator.Equal : BinaryOperator.NotEqual, left, right, binder.WhenMissing),
            ExpressionType.Text => Comparison.OfTexts(equal, left.AsText(), right.AsText(), binder.WhenMissing),
            ExpressionType.Boolean => Comparison.OfTruths(equal, left.AsTruth(), right.AsTruth(), binder.WhenMissing),
            _ => Comparison.OfValues(equal, left.AsValue(), right.AsValue(), binder.WhenMissing),
        };
    }
}
