namespace Garam.Expressions.Syntax;

/// <summary>
/// A token and its place. Text is the name, or the content of a string without its quotes; Number is the number, or the
/// seconds of a duration.
/// </summary>
internal readonly record struct Token(TokenKind Kind, int Position, int Length, string Text, double Number)
{
    public int EndPosition => Position + Length;
}
