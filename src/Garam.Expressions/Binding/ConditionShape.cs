using System.Globalization;
using Garam.Expressions.Syntax;

namespace Garam.Expressions.Binding;

/// <summary>What can be told from how a condition is built, before it is bound.</summary>
internal static class ConditionShape
{
    public static bool UsesDevices(SyntaxNode node) =>
        node is CallNode { Function: "devices" } || node.Parts.Any(UsesDevices);

    public static ComparisonParts? FirstComparison(Expression condition)
    {
        if (condition.Dialect == ExpressionDialect.Sql)
            return null;
        var found = Comparisons(condition.Root, isNegated: false).ToList();
        var first = found.FindIndex(c => HasOrder(c.Operator));
        if (found.Count == 0)
            return null;
        var (node, @operator) = found[Math.Max(first, 0)];
        var (left, right) = Sides(node, ref @operator);
        return Part(condition, left) is { } value && Part(condition, right) is { } limit ? new ComparisonParts(value, @operator, limit) : null;
    }

    public static Expression? WithHysteresis(Expression condition, double hysteresis)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(hysteresis);
        if (condition.Dialect == ExpressionDialect.Sql || condition.Root is not BinaryNode node || OperatorOf(node) is not { } @operator || !HasOrder(@operator))
            return null;
        var (left, right) = Sides(node, ref @operator);
        var isLower = @operator is ComparisonOperator.Less or ComparisonOperator.LessOrEqual;
        var value = SyntaxText.Of(left, condition.Text, Parser.SumPrecedence);
        var limit = SyntaxText.Of(right, condition.Text, Parser.SumPrecedence);
        var step = hysteresis.ToString("R", CultureInfo.InvariantCulture);
        return Expression.Parse(isLower ? $"{value} >= {limit} + {step}" : $"{value} <= {limit} - {step}").Expression;
    }

    public static ConditionGuard? Guard(Expression condition) => condition.Dialect == ExpressionDialect.Sql ? null : Guard(condition.Root);

    /// <summary>Both sides of an <c>and</c> must hold, so either's guard is the whole's.</summary>
    private static ConditionGuard? Guard(SyntaxNode node)
    {
        if (node is not BinaryNode binary)
            return null;
        if (binary.Operator == BinaryOperator.And)
            return Guard(binary.Left) ?? Guard(binary.Right);
        if (OperatorOf(binary) is not { } @operator || !HasOrder(@operator))
            return null;
        var (left, right) = Sides(binary, ref @operator);
        return left is NameNode name && Number(right) is { } limit
            ? new ConditionGuard(name.Name, @operator is ComparisonOperator.Greater or ComparisonOperator.GreaterOrEqual, limit)
            : null;
    }

    private static double? Number(SyntaxNode node) => node switch
    {
        LiteralNode { Value.Kind: ValueKind.Number } literal => literal.Value.Number,
        UnaryNode { Operator: UnaryOperator.Negate } unary => -Number(unary.Operand),
        _ => null,
    };

    private static IEnumerable<(BinaryNode Node, ComparisonOperator Operator)> Comparisons(SyntaxNode node, bool isNegated)
    {
        switch (node)
        {
            case UnaryNode { Operator: UnaryOperator.Not } unary:
                return Comparisons(unary.Operand, !isNegated);
            case BinaryNode { Operator: BinaryOperator.And or BinaryOperator.Or } binary:
                return Comparisons(binary.Left, isNegated).Concat(Comparisons(binary.Right, isNegated));
            case BinaryNode binary when OperatorOf(binary) is { } @operator:
                return [(binary, isNegated ? Opposite(@operator) : @operator)];
            default:
                return [];
        }
    }

    /// <summary>What is looked at on the left, the limit on the right.</summary>
    private static (SyntaxNode Left, SyntaxNode Right) Sides(BinaryNode node, ref ComparisonOperator @operator)
    {
        if (!IsConstant(node.Left) || IsConstant(node.Right))
            return (node.Left, node.Right);
        @operator = @operator switch
        {
            ComparisonOperator.Less => ComparisonOperator.Greater,
            ComparisonOperator.LessOrEqual => ComparisonOperator.GreaterOrEqual,
            ComparisonOperator.Greater => ComparisonOperator.Less,
            ComparisonOperator.GreaterOrEqual => ComparisonOperator.LessOrEqual,
            var equality => equality,
        };
        return (node.Right, node.Left);
    }

    private static bool IsConstant(SyntaxNode node) => node is not NameNode and not CallNode && node.Parts.All(IsConstant);

    private static bool HasOrder(ComparisonOperator @operator) => @operator is not (ComparisonOperator.Equal or ComparisonOperator.NotEqual);

    private static ComparisonOperator? OperatorOf(BinaryNode node) => node.Operator switch
    {
        BinaryOperator.Less => ComparisonOperator.Less,
        BinaryOperator.LessOrEqual => ComparisonOperator.LessOrEqual,
        BinaryOperator.Greater => ComparisonOperator.Greater,
        BinaryOperator.GreaterOrEqual => ComparisonOperator.GreaterOrEqual,
        BinaryOperator.Equal => ComparisonOperator.Equal,
        BinaryOperator.NotEqual => ComparisonOperator.NotEqual,
        _ => null,
    };

    private static ComparisonOperator Opposite(ComparisonOperator @operator) => @operator switch
    {
        ComparisonOperator.Less => ComparisonOperator.GreaterOrEqual,
        ComparisonOperator.LessOrEqual => ComparisonOperator.Greater,
        ComparisonOperator.Greater => ComparisonOperator.LessOrEqual,
        ComparisonOperator.GreaterOrEqual => ComparisonOperator.Less,
        ComparisonOperator.Equal => ComparisonOperator.NotEqual,
        _ => ComparisonOperator.Equal,
    };

    /// <summary>Null only where the part, its blanks set evenly, is longer than an expression may be.</summary>
    private static Expression? Part(Expression whole, SyntaxNode part) => Expression.Parse(SyntaxText.Of(part, whole.Text)).Expression;
}
