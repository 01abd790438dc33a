using System.Globalization;
using System.Text;

namespace Garam.Expressions.Syntax;

/// <summary>Cuts a text into tokens, one at a time, in either spelling.</summary>
internal sealed class Lexer(string text, ExpressionDialect dialect, int position)
{
    private int _position = position;

    public Token Next()
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position]))
            _position++;
        if (_position >= text.Length)
            return new Token(TokenKind.End, text.Length, 0, "", 0);
        var c = text[_position];
        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1))))
            return Number();
        if (IsNameStart(c) || c == '`' || (c == '"' && dialect == ExpressionDialect.Sql))
            return Name();
        return c is '"' or '\'' ? Text(c) : Sign(c);
    }

    private static bool IsNameStart(char c) => char.IsLetter(c) || c == '_';

    private static bool IsNamePart(char c) =>
        char.IsLetterOrDigit(c) || c == '_'
        || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static SyntaxException Fail(int position, int length, Phrase message, Phrase remedy) =>
        new(new ExpressionError(position, length, message, remedy));

    private char Peek(int ahead) => _position + ahead < text.Length ? text[_position + ahead] : '\0';

    private Token Number()
    {
        var start = _position;
        SkipDigits();
        if (Peek(0) == '.' && char.IsAsciiDigit(Peek(1)))
        {
            _position++;
            SkipDigits();
        }

        SkipExponent();
        var number = double.Parse(text.AsSpan(start, _position - start), NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(number))
            throw Fail(start, _position - start, $"the number is too large", $"Numbers reach to about 1.8e308.");
        var unitStart = _position;
        while (IsNamePart(Peek(0)))
            _position++;
        if (unitStart == _position)
            return new Token(TokenKind.Number, start, _position - start, "", number);
        var unit = text[unitStart.._position];
        if (DurationUnit.Seconds(unit) is not { } seconds)
            throw Fail(start, _position - start, $"`{text[start.._position]}` is neither a number nor a duration",
                $"Durations are a number and ms, s, m, h or d: 500ms, 10s, 5m, 1h, 1d.");
        return new Token(TokenKind.Duration, start, _position - start, "", number * seconds);
    }

    private void SkipDigits()
    {
        while (char.IsAsciiDigit(Peek(0)))
            _position++;
    }

    private void SkipExponent()
    {
        if (Peek(0) is not ('e' or 'E'))
            return;
        var digits = Peek(1) is '+' or '-' ? 2 : 1;
        if (!char.IsAsciiDigit(Peek(digits)))
            return;
        _position += digits;
        SkipDigits();
    }

    private Token Name()
    {
        var start = _position;
        var quoted = text[start] is '`' or '"';
        var name = new StringBuilder();
        AppendSegment(name);
        while (Peek(0) == '.' && (IsNamePart(Peek(1)) || Peek(1) == '`' || (Peek(1) == '"' && dialect == ExpressionDialect.Sql)))
        {
            _position++;
            name.Append('.');
            AppendSegment(name);
        }

        return new Token(quoted ? TokenKind.QuotedName : TokenKind.Name, start, _position - start, name.ToString(), 0);
    }

    private void AppendSegment(StringBuilder name)
    {
        var start = _position;
        if (text[start] is var quote and ('`' or '"'))
        {
            var end = text.IndexOf(quote, start + 1);
            if (end < 0)
                throw Fail(start, text.Length - start, $"the quoted name does not end", $"Close it with {quote}.");
            if (end == start + 1)
                throw Fail(start, 2, $"the quoted name is empty", $"Write the metric's name between the quotes.");
            name.Append(text, start + 1, end - start - 1);
            _position = end + 1;
            return;
        }

        while (IsNamePart(Peek(0)))
            _position++;
        // Hangul typed on some systems arrives decomposed; metrics are stored composed.
        name.Append(text[start.._position].Normalize(NormalizationForm.FormC));
    }

    private Token Text(char quote)
    {
        var start = _position++;
        var content = new StringBuilder();
        while (true)
        {
            if (_position >= text.Length)
                throw Fail(start, text.Length - start, $"the text does not end", $"Close it with {quote}.");
            var c = text[_position++];
            if (c == quote)
            {
                if (dialect != ExpressionDialect.Sql || Peek(0) != quote)
                    return new Token(TokenKind.Text, start, _position - start, content.ToString(), 0);
                _position++;
            }
            else if (c == '\\' && dialect == ExpressionDialect.Garam)
            {
                c = Escaped();
            }

            content.Append(c);
        }
    }

    private char Escaped()
    {
        var c = Peek(0);
        _position++;
        return c switch
        {
            '\\' or '"' or '\'' => c,
            'n' => '\n',
            't' => '\t',
            _ => throw Fail(_position - 2, Math.Min(2, text.Length - _position + 2), $"unknown escape in the text",
                $@"Write \\ for a backslash; \"", \', \n and \t are the other escapes."),
        };
    }

    private Token Sign(char c)
    {
        var two = Peek(1);
        return c switch
        {
            '+' => Make(TokenKind.Plus, 1),
            '-' => Make(TokenKind.Minus, 1),
            '*' when two == '*' => throw Unknown(2, $"Write ^ for a power."),
            '*' => Make(TokenKind.Star, 1),
            '/' => Make(TokenKind.Slash, 1),
            '%' => Make(TokenKind.Percent, 1),
            '^' => Make(TokenKind.Caret, 1),
            '(' => Make(TokenKind.OpenParenthesis, 1),
            ')' => Make(TokenKind.CloseParenthesis, 1),
            '[' => Make(TokenKind.OpenBracket, 1),
            ']' => Make(TokenKind.CloseBracket, 1),
            ',' => Make(TokenKind.Comma, 1),
            ':' => Make(TokenKind.Colon, 1),
            '}' => Make(TokenKind.CloseBrace, 1),
            '<' when two == '=' => Make(TokenKind.LessOrEqual, 2),
            '<' when two == '>' => dialect == ExpressionDialect.Sql ? Make(TokenKind.NotEqual, 2) : throw Unknown(2, $"Write !=."),
            '<' => Make(TokenKind.Less, 1),
            '>' when two == '=' => Make(TokenKind.GreaterOrEqual, 2),
            '>' => Make(TokenKind.Greater, 1),
            '!' when two == '=' => Make(TokenKind.NotEqual, 2),
            '!' => throw Unknown(1, $"Write not."),
            '=' when two == '=' => dialect == ExpressionDialect.Garam ? Make(TokenKind.Equal, 2) : throw Unknown(2, $"Write =."),
            '=' => dialect == ExpressionDialect.Sql ? Make(TokenKind.Equal, 1) : throw Unknown(1, $"Write == to compare."),
            '&' => throw Unknown(two == '&' ? 2 : 1, $"Write and."),
            '|' => throw Unknown(two == '|' ? 2 : 1, $"Write or."),
            _ => throw Unknown(char.IsHighSurrogate(c) && char.IsLowSurrogate(two) ? 2 : 1,
                $"A name with other characters than letters, digits and _ goes between backticks: `pcb-temp`."),
        };
    }

    private SyntaxException Unknown(int length, Phrase remedy) =>
        Fail(_position, length, $"`{text.Substring(_position, length)}` has no meaning here", remedy);

    private Token Make(TokenKind kind, int length)
    {
        var token = new Token(kind, _position, length, "", 0);
        _position += length;
        return token;
    }
}
