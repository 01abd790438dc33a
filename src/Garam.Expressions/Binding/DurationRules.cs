using Garam.Expressions.Syntax;

namespace Garam.Expressions.Binding;

/// <summary>What arithmetic with durations gives.</summary>
internal static class DurationRules
{
    /// <summary>The result's type, or null where the operation has no sense (a duration plus a number).</summary>
    public static ExpressionType? ResultOf(BinaryOperator @operator, ExpressionType left, ExpressionType right)
    {
        var leftIs = left == ExpressionType.Duration;
        var rightIs = right == ExpressionType.Duration;
        var leftMayBeNumber = left is ExpressionType.Number or ExpressionType.Any;
        var rightMayBeNumber = right is ExpressionType.Number or ExpressionType.Any;
        return @operator switch
        {
            BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Remainder when leftIs && rightIs => ExpressionType.Duration,
            BinaryOperator.Multiply when (leftIs ? rightMayBeNumber : leftMayBeNumber) => ExpressionType.Duration,
            BinaryOperator.Divide when leftIs && rightIs => ExpressionType.Number,
            BinaryOperator.Divide when leftIs && rightMayBeNumber => ExpressionType.Duration,
            _ => null,
        };
    }
}
