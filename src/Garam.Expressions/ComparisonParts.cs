namespace Garam.Expressions;

/// <summary>A comparison taken out of a condition: what is looked at, how, and the limit. Both sides are expressions of their own.</summary>
public sealed record ComparisonParts(Expression Left, ComparisonOperator Operator, Expression Right)
{
    /// <summary>Whether the condition holds for small values, so that the smallest is the worst.</summary>
    public bool LowerIsWorse => Operator is ComparisonOperator.Less or ComparisonOperator.LessOrEqual;
}
