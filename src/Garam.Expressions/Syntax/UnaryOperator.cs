namespace Garam.Expressions.Syntax;

internal enum UnaryOperator
{
    Not,
    Negate,
}
