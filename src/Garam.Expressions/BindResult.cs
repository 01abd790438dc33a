namespace Garam.Expressions;

/// <summary>A program, or the reasons why the expression does not fit its scope.</summary>
/// <param name="Program">What can be evaluated; null when there are errors.</param>
/// <param name="Errors">Everything that is wrong, in the order of the text; empty when there is a program.</param>
public sealed record BindResult(CompiledExpression? Program, IReadOnlyList<ExpressionError> Errors);
