namespace Garam.Expressions.Syntax;

/// <summary>Leaves the parser at the first error; caught at its entry points, never seen outside.</summary>
internal sealed class SyntaxException(ExpressionError error) : Exception(error.ToString())
{
    public ExpressionError Error { get; } = error;
}
