namespace Garam.Expressions;

/// <summary>An expression, or the reasons why the text is none.</summary>
/// <param name="Expression">The expression; null when there are errors.</param>
/// <param name="Errors">What is wrong; empty when there is an expression.</param>
public sealed record ParseResult(Expression? Expression, IReadOnlyList<ExpressionError> Errors);
