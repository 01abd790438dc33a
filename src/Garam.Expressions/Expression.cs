using Garam.Expressions.Binding;
using Garam.Expressions.Syntax;

namespace Garam.Expressions;

/// <summary>
/// An expression as written and parsed: names are not resolved and types not checked before <see cref="Bind(ExpressionScope)"/>.
/// Immutable. The language is described in docs/reference/expressions.md.
/// </summary>
public sealed class Expression
{
    internal Expression(string text, ExpressionDialect dialect, SyntaxNode root)
    {
        Text = text;
        Dialect = dialect;
        Root = root;
    }

    /// <summary>The text as given.</summary>
    public string Text { get; }

    /// <summary>The spelling it was parsed in.</summary>
    public ExpressionDialect Dialect { get; }

    internal SyntaxNode Root { get; }

    /// <summary>The name when the expression is a lone name, as in <c>SELECT volt</c>; else null.</summary>
    public string? LoneName => (Root as NameNode)?.Name;

    /// <summary>Every name the expression mentions, windows included; in order of the alphabet.</summary>
    public IReadOnlyList<string> Names()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        NamesIn.Collect(Root, names);
        return [.. names.Order(StringComparer.Ordinal)];
    }

    /// <summary>Parses a text. Never throws: a text that is no expression gives the first error with its place.</summary>
    public static ParseResult Parse(string text, ExpressionDialect dialect = ExpressionDialect.Garam)
    {
        try
        {
            return new ParseResult(new Expression(text, dialect, Parser.ParseWhole(text, dialect)), []);
        }
        catch (SyntaxException failure)
        {
            return new ParseResult(null, [failure.Error]);
        }
    }

    /// <summary>Resolves names, checks types and compiles. Reports every error it finds.</summary>
    public BindResult Bind(ExpressionScope scope)
    {
        var binder = new Binder(this, scope);
        var root = binder.BindRoot(Root);
        return binder.Errors.Count == 0
            ? new BindResult(new CompiledExpression(this, root), [])
            : new BindResult(null, binder.Errors);
    }

    /// <summary>Binds where there are only names: no windows, no groups, any type.</summary>
    public BindResult Bind(SymbolTable symbols) => Bind(new ExpressionScope(symbols));

    public override string ToString() => Text;
}
