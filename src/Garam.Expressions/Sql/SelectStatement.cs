using Garam.Expressions.Syntax;

namespace Garam.Expressions.Sql;

/// <summary>
/// The statement of an AWS IoT rule: <c>SELECT volt, ct AS current, timestamp() AS timestamp FROM 'topic/+/data' WHERE status
/// &lt; 4096</c>. Its expressions keep their places in the whole text, so that errors of binding point into it.
/// </summary>
public sealed class SelectStatement
{
    private SelectStatement(IReadOnlyList<SelectItem> items, string? topicFilter, Expression? where)
    {
        Items = items;
        TopicFilter = topicFilter;
        Where = where;
    }

    /// <summary>What is selected, in order.</summary>
    public IReadOnlyList<SelectItem> Items { get; }

    /// <summary>The topic filter after FROM; null when there is no FROM.</summary>
    public string? TopicFilter { get; }

    /// <summary>The condition; null when there is no WHERE.</summary>
    public Expression? Where { get; }

    /// <summary>Parses a statement. Never throws: a text that is none gives the first error with its place.</summary>
    public static SelectResult Parse(string text)
    {
        try
        {
            TokenReader.RequireLength(text, ExpressionLimits.StatementLengthMax);
            return new SelectResult(Statement(new TokenReader(text, ExpressionDialect.Sql, 0), text), []);
        }
        catch (SyntaxException failure)
        {
            return new SelectResult(null, [failure.Error]);
        }
    }

    private static SelectStatement Statement(TokenReader tokens, string text)
    {
        tokens.RequireKeyword("select");
        var items = new List<SelectItem>();
        do
        {
            if (items.Count == ExpressionLimits.SelectItemsMax)
                throw tokens.Unexpected($"at most {ExpressionLimits.SelectItemsMax} items");
            items.Add(Item(tokens, text));
        }
        while (TakeComma(tokens));

        var topicFilter = tokens.TakeKeyword("from") ? tokens.Require(TokenKind.Text, $"a topic in single quotes").Text : null;
        var where = tokens.TakeKeyword("where") ? new Expression(text, ExpressionDialect.Sql, new Parser(tokens).Expression()) : null;
        tokens.Require(TokenKind.End, $"WHERE or the end");
        return new SelectStatement(items, topicFilter, where);
    }

    private static SelectItem Item(TokenReader tokens, string text)
    {
        if (tokens.Current.Kind == TokenKind.Star)
        {
            tokens.Advance();
            return new SelectItem(null, "");
        }

        var root = new Parser(tokens).Expression();
        var expression = new Expression(text, ExpressionDialect.Sql, root);
        if (tokens.TakeKeyword("as"))
            return new SelectItem(expression, Alias(tokens));
        if (root is not NameNode name)
            throw TokenReader.Fail(root.Position, root.Length, $"a computed item has no name", $"Give it one: … AS name.");
        return new SelectItem(expression, name.Name[(name.Name.LastIndexOf('.') + 1)..]);
    }

    private static string Alias(TokenReader tokens) =>
        tokens.Current.Kind is TokenKind.Name or TokenKind.QuotedName ? tokens.Advance().Text : throw tokens.Unexpected($"a name");

    private static bool TakeComma(TokenReader tokens)
    {
        if (tokens.Current.Kind != TokenKind.Comma)
            return false;
        tokens.Advance();
        return true;
    }
}
