namespace Garam.Expressions.Sql;

/// <summary>A statement, or the reasons why the text is none.</summary>
/// <param name="Statement">The statement; null when there are errors.</param>
/// <param name="Errors">What is wrong, with places in the statement's text.</param>
public sealed record SelectResult(SelectStatement? Statement, IReadOnlyList<ExpressionError> Errors);
