namespace Garam.Expressions.Syntax;

/// <summary>
/// Operator-precedence parser, one token of look-ahead. From loose to tight: or; and; not; one comparison or in; + -; * / %;
/// unary -; ^ (to the right). Recursion is bounded by <see cref="ExpressionLimits.NestingMax"/>, the height of the tree by
/// <see cref="ExpressionLimits.TreeHeightMax"/>; the first error ends it.
/// </summary>
internal sealed class Parser(TokenReader tokens)
{
    public const int NotPrecedence = 3;
    public const int ComparisonPrecedence = 4;
    public const int SumPrecedence = 5;
    public const int SignPrecedence = 7;
    public const int PowerPrecedence = 8;

    private int _nesting;

    private Token Current => tokens.Current;

    /// <summary>Parses a text that is one expression and nothing else.</summary>
    public static SyntaxNode ParseWhole(string text, ExpressionDialect dialect)
    {
        TokenReader.RequireLength(text, ExpressionLimits.LengthMax);
        var tokens = new TokenReader(text, dialect, 0);
        var root = new Parser(tokens).Expression();
        tokens.Require(TokenKind.End, $"the end of the expression");
        return root;
    }

    public SyntaxNode Expression() => Expression(0);

    private SyntaxNode Expression(int precedenceMin)
    {
        if (++_nesting > ExpressionLimits.NestingMax)
            throw TokenReader.Fail(Current.Position, Current.Length, $"more than {ExpressionLimits.NestingMax} levels of nesting",
                $"Split the expression, or make part of it a formula of its own.");
        var left = Prefix();
        while (true)
        {
            if (ComparisonPrecedence >= precedenceMin && TryMembership(ref left))
                continue;
            if (Operator() is not { } binary || binary.Precedence < precedenceMin)
                break;
            left = Infix(left, binary.Operator, binary.Precedence);
        }

        _nesting--;
        return left;
    }

    private SyntaxNode Infix(SyntaxNode left, BinaryOperator @operator, int precedence)
    {
        var token = tokens.Advance();
        // a ^ b ^ c is a ^ (b ^ c); its right side may carry a sign: 2 ^ -1.
        var right = Expression(@operator == BinaryOperator.Power ? SignPrecedence : precedence + 1);
        if (precedence == ComparisonPrecedence && Operator() is { Precedence: ComparisonPrecedence })
            throw TokenReader.Fail(Current.Position, Current.Length, $"comparisons cannot be chained", $"Write a < b and b < c.");
        return Bounded(new BinaryNode(@operator, token, left, right));
    }

    private SyntaxNode Prefix()
    {
        if (tokens.IsKeyword("not"))
        {
            var position = tokens.Advance().Position;
            return Bounded(new UnaryNode(position, UnaryOperator.Not, Expression(NotPrecedence)));
        }

        if (Current.Kind is TokenKind.Minus or TokenKind.Plus)
        {
            var sign = tokens.Advance();
            var operand = Expression(SignPrecedence);
            return sign.Kind == TokenKind.Plus ? operand : Bounded(new UnaryNode(sign.Position, UnaryOperator.Negate, operand));
        }

        return Primary();
    }

    private SyntaxNode Primary()
    {
        switch (Current.Kind)
        {
            case TokenKind.Number:
                return Literal(Value.Of(Current.Number));
            case TokenKind.Duration:
                return Literal(Value.OfSeconds(Current.Number));
            case TokenKind.Text:
                return Literal(Value.Of(Current.Text));
            case TokenKind.QuotedName:
                var quoted = tokens.Advance();
                return new NameNode(quoted.Position, quoted.Length, quoted.Text);
            case TokenKind.Name:
                return NameOrCall();
            case TokenKind.OpenParenthesis:
                tokens.Advance();
                var inner = Expression(0);
                tokens.Require(TokenKind.CloseParenthesis, $"`)`");
                return inner;
            default:
                throw tokens.Unexpected($"a value");
        }
    }

    private LiteralNode Literal(Value value)
    {
        var token = tokens.Advance();
        return new LiteralNode(token.Position, token.Length, value);
    }

    private SyntaxNode NameOrCall()
    {
        if (tokens.IsKeyword("true") || tokens.IsKeyword("false"))
            return Literal(Value.Of(tokens.IsKeyword("true")));
        if (tokens.IsKeyword(Keywords.Missing(tokens.Dialect)))
            return Literal(Value.Missing);
        if (tokens.Dialect == ExpressionDialect.Sql && tokens.IsKeyword("case"))
            return Case();
        if (Keywords.IsReserved(Current.Text, tokens.Dialect))
            throw tokens.Unexpected($"a value");
        var name = tokens.Advance();
        if (Current.Kind != TokenKind.OpenParenthesis)
            return new NameNode(name.Position, name.Length, name.Text);
        tokens.Advance();
        var arguments = List(TokenKind.CloseParenthesis, $"`)`", ExpressionLimits.ArgumentsMax, $"arguments", out var end);
        return Bounded(new CallNode(name, Keywords.Function(name.Text, tokens.Dialect), arguments, end));
    }

    private List<SyntaxNode> List(TokenKind close, Phrase closeText, int countMax, Phrase what, out int endPosition)
    {
        var items = new List<SyntaxNode>();
        while (Current.Kind != close)
        {
            if (items.Count == countMax)
                throw TokenReader.Fail(Current.Position, Current.Length, $"more than {countMax} {what}", $"Split the expression.");
            items.Add(Expression(0));
            if (Current.Kind != TokenKind.Comma)
                break;
            tokens.Advance();
            if (Current.Kind == close)
                throw tokens.Unexpected($"a value");
        }

        endPosition = tokens.Require(close, items.Count == 0 ? closeText : $"`,` or {closeText}").EndPosition;
        return items;
    }

    private bool TryMembership(ref SyntaxNode item)
    {
        if (tokens.Dialect == ExpressionDialect.Sql && tokens.TakeKeyword("is"))
        {
            item = IsNull(item);
            return true;
        }

        // `x not in [...]`: a `not` after an operand can be nothing else.
        var negated = tokens.IsKeyword("not");
        if (negated)
            tokens.Advance();
        if (!tokens.IsKeyword("in"))
            return negated ? throw tokens.Unexpected($"in") : false;
        tokens.Advance();
        item = Membership(item, negated);
        return true;
    }

    private SyntaxNode Membership(SyntaxNode item, bool negated)
    {
        var isBracket = Current.Kind == TokenKind.OpenBracket;
        if (!isBracket && !(tokens.Dialect == ExpressionDialect.Sql && Current.Kind == TokenKind.OpenParenthesis))
            throw tokens.Unexpected($"`[`");
        var open = tokens.Advance();
        var list = isBracket
            ? List(TokenKind.CloseBracket, $"`]`", ExpressionLimits.ListLengthMax, $"entries in a list", out var end)
            : List(TokenKind.CloseParenthesis, $"`)`", ExpressionLimits.ListLengthMax, $"entries in a list", out end);
        if (list.Count == 0)
            throw TokenReader.Fail(open.Position, end - open.Position, $"the list is empty", $"Write at least one entry; nothing is in an empty list.");
        return Bounded(new MembershipNode(item, negated, list, end));
    }

    private SyntaxNode IsNull(SyntaxNode item)
    {
        var negated = tokens.TakeKeyword("not");
        var end = Current;
        tokens.RequireKeyword("null");
        var call = Bounded(new CallNode(end with { Position = item.Position }, "is_missing", [item], end.EndPosition));
        return negated ? Bounded(new UnaryNode(item.Position, UnaryOperator.Not, call)) : call;
    }

    /// <summary><c>CASE WHEN c THEN a … ELSE b END</c> is a chain of <c>if</c>; without ELSE it ends in the missing value.</summary>
    private SyntaxNode Case()
    {
        var start = tokens.Advance();
        var branches = new List<(SyntaxNode Condition, SyntaxNode Value)>();
        while (tokens.TakeKeyword("when"))
        {
            if (branches.Count == ExpressionLimits.ArgumentsMax)
                throw tokens.Unexpected($"fewer branches");
            var condition = Expression(0);
            tokens.RequireKeyword("then");
            branches.Add((condition, Expression(0)));
        }

        if (branches.Count == 0)
            throw tokens.Unexpected($"WHEN");
        SyntaxNode result = tokens.TakeKeyword("else") ? Expression(0) : new LiteralNode(Current.Position, 0, Value.Missing);
        var end = Current.EndPosition;
        tokens.RequireKeyword("end");
        for (var i = branches.Count - 1; i >= 0; i--)
            result = Bounded(new CallNode(start, "if", [branches[i].Condition, branches[i].Value, result], end));
        return result;
    }

    private SyntaxNode Bounded(SyntaxNode node) =>
        node.Height <= ExpressionLimits.TreeHeightMax
            ? node
            : throw TokenReader.Fail(node.Position, node.Length, $"more than {ExpressionLimits.TreeHeightMax} operations in one chain",
                $"Split the expression, or group parts of it in parentheses.");

    private (BinaryOperator Operator, int Precedence)? Operator() => Current.Kind switch
    {
        TokenKind.Less => (BinaryOperator.Less, ComparisonPrecedence),
        TokenKind.LessOrEqual => (BinaryOperator.LessOrEqual, ComparisonPrecedence),
        TokenKind.Greater => (BinaryOperator.Greater, ComparisonPrecedence),
        TokenKind.GreaterOrEqual => (BinaryOperator.GreaterOrEqual, ComparisonPrecedence),
        TokenKind.Equal => (BinaryOperator.Equal, ComparisonPrecedence),
        TokenKind.NotEqual => (BinaryOperator.NotEqual, ComparisonPrecedence),
        TokenKind.Plus => (BinaryOperator.Add, SumPrecedence),
        TokenKind.Minus => (BinaryOperator.Subtract, SumPrecedence),
        TokenKind.Star => (BinaryOperator.Multiply, 6),
        TokenKind.Slash => (BinaryOperator.Divide, 6),
        TokenKind.Percent => (BinaryOperator.Remainder, 6),
        TokenKind.Caret => (BinaryOperator.Power, PowerPrecedence),
        TokenKind.Name when tokens.IsKeyword("or") => (BinaryOperator.Or, 1),
        TokenKind.Name when tokens.IsKeyword("and") => (BinaryOperator.And, 2),
        _ => null,
    };
}
