using System.Text;
using Garam.Expressions.Syntax;

namespace Garam.Expressions.Templates;

/// <summary>
/// A message with expressions in it: <c>Hot: {max(a, b):0.0} °C</c>. A brace itself is written twice. Immutable; names are
/// resolved by <see cref="Bind"/>.
/// </summary>
public sealed class MessageTemplate
{
    private readonly List<TemplatePart> _parts;

    private MessageTemplate(string text, List<TemplatePart> parts)
    {
        Text = text;
        _parts = parts;
    }

    /// <summary>The template as written.</summary>
    public string Text { get; }

    /// <summary>Parses a template. Never throws: a text that is none gives the first error with its place.</summary>
    public static TemplateResult Parse(string text)
    {
        try
        {
            TokenReader.RequireLength(text, ExpressionLimits.TemplateLengthMax);
            return new TemplateResult(new MessageTemplate(text, Parts(text)), []);
        }
        catch (SyntaxException failure)
        {
            return new TemplateResult(null, [failure.Error]);
        }
    }

    /// <summary>Resolves names and checks types in every expression; reports every error it finds.</summary>
    public MessageBindResult Bind(ExpressionScope scope)
    {
        var errors = new List<ExpressionError>();
        var programs = new List<CompiledExpression?>();
        foreach (var part in _parts)
        {
            var bound = part.Expression?.Bind(scope);
            programs.Add(bound?.Program);
            errors.AddRange(bound?.Errors ?? []);
            if (bound?.Program is { Type: not (ExpressionType.Number or ExpressionType.Any) } && part.Format.Length > 0)
                errors.Add(new ExpressionError(part.Expression!.Root.Position, part.Expression.Root.Length,
                    $"a format is for numbers", $"Leave out :{part.Format}."));
        }

        return errors.Count == 0
            ? new MessageBindResult(new CompiledMessage(Text, _parts, programs), [])
            : new MessageBindResult(null, errors);
    }

    public override string ToString() => Text;

    private static List<TemplatePart> Parts(string text)
    {
        var parts = new List<TemplatePart>();
        var literal = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var isDoubled = i + 1 < text.Length && text[i + 1] == c;
            if (c is not ('{' or '}') || isDoubled)
            {
                literal.Append(c);
                i += c is '{' or '}' ? 1 : 0;
                continue;
            }

            if (c == '}')
                throw TokenReader.Fail(i, 1, $"this brace closes nothing", $"Write }}}} for a brace in the text.");
            if (literal.Length > 0)
                parts.Add(new TemplatePart(literal.ToString(), null, ""));
            literal.Clear();
            parts.Add(Placeholder(text, i, out i));
        }

        if (literal.Length > 0)
            parts.Add(new TemplatePart(literal.ToString(), null, ""));
        return parts;
    }

    /// <summary>One <c>{expression:format}</c>; <paramref name="end"/> is where its closing brace stands.</summary>
    private static TemplatePart Placeholder(string text, int open, out int end)
    {
        var tokens = new TokenReader(text, ExpressionDialect.Garam, open + 1);
        var expression = new Expression(text, ExpressionDialect.Garam, new Parser(tokens).Expression());
        if (tokens.Current.Kind == TokenKind.CloseBrace)
        {
            end = tokens.Current.Position;
            return new TemplatePart("", expression, "");
        }

        if (tokens.Current.Kind != TokenKind.Colon)
            throw tokens.Unexpected($"`}}` or `:`");
        var formatStart = tokens.Current.EndPosition;
        end = text.IndexOf('}', formatStart);
        if (end < 0)
            throw TokenReader.Fail(open, text.Length - open, $"the expression does not end", $"Close it with }}.");
        var format = text[formatStart..end].Trim();
        if (!NumberFormat.IsValid(format))
            throw TokenReader.Fail(formatStart, end - formatStart, $"`{format}` is not a format", $"Write one such as 0, 0.0, #,##0 or 0%.");
        return new TemplatePart("", expression, format);
    }
}
