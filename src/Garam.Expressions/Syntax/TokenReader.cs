namespace Garam.Expressions.Syntax;

/// <summary>The tokens of a text, one ahead, and the errors of finding another one than expected.</summary>
internal sealed class TokenReader
{
    private readonly Lexer _lexer;
    private readonly string _text;

    public TokenReader(string text, ExpressionDialect dialect, int position)
    {
        _text = text;
        Dialect = dialect;
        _lexer = new Lexer(text, dialect, position);
        Current = _lexer.Next();
    }

    public ExpressionDialect Dialect { get; }

    public Token Current { get; private set; }

    public static void RequireLength(string text, int lengthMax)
    {
        if (text.Length > lengthMax)
            throw Fail(lengthMax, text.Length - lengthMax, $"the text has {text.Length} characters", $"At most {lengthMax} are taken; split it.");
    }

    public Token Advance()
    {
        var token = Current;
        Current = _lexer.Next();
        return token;
    }

    public Token Require(TokenKind kind, Phrase what) => Current.Kind == kind ? Advance() : throw Unexpected(what);

    public bool IsKeyword(string keyword) =>
        Current.Kind == TokenKind.Name && Current.Text.Equals(keyword, Keywords.Comparison(Dialect));

    public bool TakeKeyword(string keyword)
    {
        if (!IsKeyword(keyword))
            return false;
        Advance();
        return true;
    }

    public void RequireKeyword(string keyword)
    {
        if (!TakeKeyword(keyword))
            throw Unexpected($"{keyword}");
    }

    public static SyntaxException Fail(int position, int length, Phrase message, Phrase remedy) =>
        new(new ExpressionError(position, length, message, remedy));

    public SyntaxException Unexpected(Phrase expected)
    {
        if (Current.Kind == TokenKind.End)
            return Fail(Current.Position, 0, $"the text ends where {expected} should come", $"Add {expected}.");
        var found = _text.Substring(Current.Position, Math.Min(Current.Length, 40));
        Phrase remedy = Current.Kind == TokenKind.Name && Keywords.Correct(found, Dialect) is { } keyword
            ? (Phrase)$"Write {keyword}."
            : $"Expected {expected}.";
        return Fail(Current.Position, Current.Length, $"`{found}` does not belong here", remedy);
    }
}
