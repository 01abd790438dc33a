namespace Garam.Expressions.Syntax;

/// <summary>
/// Operator-precedence parser, one token of look-ahead. From loose to tight: or; and; not; one comparison or in; + -; * / %;
/// unary -; ^ (to the right). Recursion is bounded by <see cref="ExpressionLimits.NestingMax"/>, the height of the tree by
/// <see cref="ExpressionLimits.TreeHeightMax"/>; the first error ends it.
/// </summary>
internal sealed class Parser
{
    private const int NotPrecedence = 3;
    private const int ComparisonPrecedence = 4;
    private const int SignPrecedence = 7;
    private const int PowerPrecedence = 8;

    private readonly Lexer _lexer;
    private readonly string _text;
    private readonly ExpressionDialect _dialect;
    private int _nesting;

    public Parser(string text, ExpressionDialect dialect, int position)
    {
        _text = text;
        _dialect = dialect;
        _lexer = new Lexer(text, dialect, position);
        Current = _lexer.Next();
    }

    public Token Current { get; private set; }

    /// <summary>Parses a text that is one expression and nothing else.</summary>
    public static SyntaxNode ParseWhole(string text, ExpressionDialect dialect)
    {
        RequireLength(text, ExpressionLimits.LengthMax);
        var parser = new Parser(text, dialect, 0);
        var root = parser.Expression();
        parser.Require(TokenKind.End, "the end of the expression");
        return root;
    }

    public static void RequireLength(string text, int lengthMax)
    {
        if (text.Length > lengthMax)
            throw new SyntaxException(new ExpressionError(lengthMax, text.Length - lengthMax,
                $"the text has {text.Length} characters", $"At most {lengthMax} are taken; split it."));
    }

    public SyntaxNode Expression() => Expression(0);

    public Token Advance()
    {
        var token = Current;
        Current = _lexer.Next();
        return token;
    }

    public Token Require(TokenKind kind, string what) => Current.Kind == kind ? Advance() : throw Unexpected(what);

    public bool IsKeyword(string keyword) => IsKeyword(Current, keyword);

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
            throw Unexpected(keyword);
    }

    public SyntaxException Fail(int position, int length, string message, string remedy) =>
        new(new ExpressionError(position, length, message, remedy));

    public SyntaxException Unexpected(string expected)
    {
        if (Current.Kind == TokenKind.End)
            return Fail(Current.Position, 0, $"the text ends where {expected} should come", $"Add {expected}.");
        var found = _text.Substring(Current.Position, Math.Min(Current.Length, 40));
        var remedy = Current.Kind == TokenKind.Name && Keywords.Correct(found, _dialect) is { } keyword
            ? $"Write {keyword}."
            : $"Expected {expected}.";
        return Fail(Current.Position, Current.Length, $"`{found}` does not belong here", remedy);
    }

    private bool IsKeyword(Token token, string keyword) =>
        token.Kind == TokenKind.Name && token.Text.Equals(keyword, Keywords.Comparison(_dialect));

    private SyntaxNode Expression(int precedenceMin)
    {
        if (++_nesting > ExpressionLimits.NestingMax)
            throw Fail(Current.Position, Current.Length, $"more than {ExpressionLimits.NestingMax} levels of nesting",
                "Split the expression, or make part of it a formula of its own.");
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
        var token = Advance();
        // a ^ b ^ c is a ^ (b ^ c); its right side may carry a sign: 2 ^ -1.
        var right = Expression(@operator == BinaryOperator.Power ? SignPrecedence : precedence + 1);
        if (precedence == ComparisonPrecedence && Operator() is { Precedence: ComparisonPrecedence })
            throw Fail(Current.Position, Current.Length, "comparisons cannot be chained", "Write a < b and b < c.");
        return Bounded(new BinaryNode(@operator, token, left, right));
    }

    private SyntaxNode Prefix()
    {
        if (IsKeyword("not"))
        {
            var position = Advance().Position;
            return Bounded(new UnaryNode(position, UnaryOperator.Not, Expression(NotPrecedence)));
        }

        if (Current.Kind is TokenKind.Minus or TokenKind.Plus)
        {
            var sign = Advance();
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
                var quoted = Advance();
                return new NameNode(quoted.Position, quoted.Length, quoted.Text);
            case TokenKind.Name:
                return NameOrCall();
            case TokenKind.OpenParenthesis:
                Advance();
                var inner = Expression(0);
                Require(TokenKind.CloseParenthesis, "`)`");
                return inner;
            default:
                throw Unexpected("a value");
        }
    }

    private LiteralNode Literal(Value value)
    {
        var token = Advance();
        return new LiteralNode(token.Position, token.Length, value);
    }

    private SyntaxNode NameOrCall()
    {
        if (IsKeyword("true") || IsKeyword("false"))
            return Literal(Value.Of(IsKeyword("true")));
        if (IsKeyword(Keywords.Missing(_dialect)))
            return Literal(Value.Missing);
        if (_dialect == ExpressionDialect.Sql && IsKeyword("case"))
            return Case();
        if (Keywords.IsReserved(Current.Text, _dialect))
            throw Unexpected("a value");
        var name = Advance();
        if (Current.Kind != TokenKind.OpenParenthesis)
            return new NameNode(name.Position, name.Length, name.Text);
        Advance();
        var arguments = List(TokenKind.CloseParenthesis, "`)`", ExpressionLimits.ArgumentsMax, "arguments", out var end);
        return Bounded(new CallNode(name, Keywords.Function(name.Text, _dialect), arguments, end));
    }

    private List<SyntaxNode> List(TokenKind close, string closeText, int countMax, string what, out int endPosition)
    {
        var items = new List<SyntaxNode>();
        while (Current.Kind != close)
        {
            if (items.Count == countMax)
                throw Fail(Current.Position, Current.Length, $"more than {countMax} {what}", "Split the expression.");
            items.Add(Expression(0));
            if (Current.Kind != TokenKind.Comma)
                break;
            Advance();
            if (Current.Kind == close)
                throw Unexpected("a value");
        }

        endPosition = Require(close, items.Count == 0 ? closeText : $"`,` or {closeText}").EndPosition;
        return items;
    }

    private bool TryMembership(ref SyntaxNode item)
    {
        if (_dialect == ExpressionDialect.Sql && TakeKeyword("is"))
        {
            item = IsNull(item);
            return true;
        }

        // `x not in [...]`: a `not` after an operand can be nothing else.
        var negated = IsKeyword("not");
        var notToken = Current;
        if (negated)
            Advance();
        if (!IsKeyword("in"))
            return negated ? throw Unexpected("in") : false;
        Advance();
        item = Membership(item);
        if (negated)
            item = Bounded(new UnaryNode(item.Position, UnaryOperator.Not, item));
        return true;
    }

    private SyntaxNode Membership(SyntaxNode item)
    {
        var isBracket = Current.Kind == TokenKind.OpenBracket;
        if (!isBracket && !(_dialect == ExpressionDialect.Sql && Current.Kind == TokenKind.OpenParenthesis))
            throw Unexpected("`[`");
        var open = Advance();
        var list = isBracket
            ? List(TokenKind.CloseBracket, "`]`", ExpressionLimits.ListLengthMax, "entries in a list", out var end)
            : List(TokenKind.CloseParenthesis, "`)`", ExpressionLimits.ListLengthMax, "entries in a list", out end);
        if (list.Count == 0)
            throw Fail(open.Position, end - open.Position, "the list is empty", "Write at least one entry; nothing is in an empty list.");
        return Bounded(new MembershipNode(item, list, end));
    }

    private SyntaxNode IsNull(SyntaxNode item)
    {
        var negated = TakeKeyword("not");
        var end = Current;
        RequireKeyword("null");
        var call = Bounded(new CallNode(end with { Position = item.Position }, "is_missing", [item], end.EndPosition));
        return negated ? Bounded(new UnaryNode(item.Position, UnaryOperator.Not, call)) : call;
    }

    /// <summary><c>CASE WHEN c THEN a … ELSE b END</c> is a chain of <c>if</c>; without ELSE it ends in the missing value.</summary>
    private SyntaxNode Case()
    {
        var start = Advance();
        var branches = new List<(SyntaxNode Condition, SyntaxNode Value)>();
        while (TakeKeyword("when"))
        {
            if (branches.Count == ExpressionLimits.ArgumentsMax)
                throw Unexpected("fewer branches");
            var condition = Expression(0);
            RequireKeyword("then");
            branches.Add((condition, Expression(0)));
        }

        if (branches.Count == 0)
            throw Unexpected("WHEN");
        SyntaxNode result = TakeKeyword("else") ? Expression(0) : new LiteralNode(Current.Position, 0, Value.Missing);
        var end = Current.EndPosition;
        RequireKeyword("end");
        for (var i = branches.Count - 1; i >= 0; i--)
            result = Bounded(new CallNode(start, "if", [branches[i].Condition, branches[i].Value, result], end));
        return result;
    }

    private SyntaxNode Bounded(SyntaxNode node) =>
        node.Height <= ExpressionLimits.TreeHeightMax
            ? node
            : throw Fail(node.Position, node.Length, $"more than {ExpressionLimits.TreeHeightMax} operations in one chain",
                "Split the expression, or group parts of it in parentheses.");

    private (BinaryOperator Operator, int Precedence)? Operator() => Current.Kind switch
    {
        TokenKind.Less => (BinaryOperator.Less, ComparisonPrecedence),
        TokenKind.LessOrEqual => (BinaryOperator.LessOrEqual, ComparisonPrecedence),
        TokenKind.Greater => (BinaryOperator.Greater, ComparisonPrecedence),
        TokenKind.GreaterOrEqual => (BinaryOperator.GreaterOrEqual, ComparisonPrecedence),
        TokenKind.Equal => (BinaryOperator.Equal, ComparisonPrecedence),
        TokenKind.NotEqual => (BinaryOperator.NotEqual, ComparisonPrecedence),
        TokenKind.Plus => (BinaryOperator.Add, 5),
        TokenKind.Minus => (BinaryOperator.Subtract, 5),
        TokenKind.Star => (BinaryOperator.Multiply, 6),
        TokenKind.Slash => (BinaryOperator.Divide, 6),
        TokenKind.Percent => (BinaryOperator.Remainder, 6),
        TokenKind.Caret => (BinaryOperator.Power, PowerPrecedence),
        TokenKind.Name when IsKeyword("or") => (BinaryOperator.Or, 1),
        TokenKind.Name when IsKeyword("and") => (BinaryOperator.And, 2),
        _ => null,
    };
}
