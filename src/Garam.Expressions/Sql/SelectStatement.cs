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
            Parser.RequireLength(text, ExpressionLimits.StatementLengthMax);
            var parser = new Parser(text, ExpressionDialect.Sql, 0);
            return new SelectResult(Statement(parser, text), []);
        }
        catch (SyntaxException failure)
        {
            return new SelectResult(null, [failure.Error]);
        }
    }

    private static SelectStatement Statement(Parser parser, string text)
    {
        parser.RequireKeyword("select");
        var items = new List<SelectItem>();
        do
        {
            if (items.Count == ExpressionLimits.SelectItemsMax)
                throw parser.Unexpected($"at most {ExpressionLimits.SelectItemsMax} items");
            items.Add(Item(parser, text));
        }
        while (TakeComma(parser));

        var topicFilter = parser.TakeKeyword("from") ? parser.Require(TokenKind.Text, "a topic in single quotes").Text : null;
        var where = parser.TakeKeyword("where") ? new Expression(text, ExpressionDialect.Sql, parser.Expression()) : null;
        parser.Require(TokenKind.End, "WHERE or the end");
        return new SelectStatement(items, topicFilter, where);
    }

    private static SelectItem Item(Parser parser, string text)
    {
        if (parser.Current.Kind == TokenKind.Star)
        {
            parser.Advance();
            return new SelectItem(null, "");
        }

        var root = parser.Expression();
        var expression = new Expression(text, ExpressionDialect.Sql, root);
        if (parser.TakeKeyword("as"))
            return new SelectItem(expression, Alias(parser));
        if (root is not NameNode name)
            throw parser.Fail(root.Position, root.Length, "a computed item has no name", "Give it one: … AS name.");
        return new SelectItem(expression, name.Name[(name.Name.LastIndexOf('.') + 1)..]);
    }

    private static string Alias(Parser parser) =>
        parser.Current.Kind is TokenKind.Name or TokenKind.QuotedName ? parser.Advance().Text : throw parser.Unexpected("a name");

    private static bool TakeComma(Parser parser)
    {
        if (parser.Current.Kind != TokenKind.Comma)
            return false;
        parser.Advance();
        return true;
    }
}
