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

    /// <summary>
    /// The names that must be there for the expression to say anything of this reading: those outside of windows (which look at the past
    /// too), of <c>devices(…)</c> (which looks at others), and of <c>coalesce</c>, <c>is_missing</c> and <c>if</c> (which deal with what is
    /// missing). In order of the alphabet.
    /// </summary>
    public IReadOnlyList<string> RequiredNames()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        NamesIn.CollectRequired(Root, names);
        return [.. names.Order(StringComparer.Ordinal)];
    }

    /// <summary>Whether it counts devices of a group: <c>devices(…)</c>.</summary>
    public bool UsesDevices() => ConditionShape.UsesDevices(Root);

    /// <summary>
    /// The comparison a condition is mainly about: the first with an order (<c>&lt; &lt;= &gt; &gt;=</c>), else the first of equality, in
    /// the order of the text, under <c>and</c>, <c>or</c> and <c>not</c> (which turns it round). A constant on the left changes sides:
    /// <c>60 &lt; t</c> is <c>t &gt; 60</c>. Null when there is none, and in the SQL spelling.
    /// </summary>
    public ComparisonParts? FirstComparison() => ConditionShape.FirstComparison(this);

    /// <summary>A comparison without which the condition cannot hold; null when there is none of that form, and in the SQL spelling.</summary>
    public ConditionGuard? Guard() => ConditionShape.Guard(this);

    /// <summary>
    /// The condition that ends an alarm when the value has come back by so much: <c>a &gt; b</c> ends with <c>a &lt;= b - h</c>,
    /// <c>a &lt; b</c> with <c>a &gt;= b + h</c>. Null unless the whole is one comparison with an order, and in the SQL spelling.
    /// </summary>
    /// <param name="hysteresis">Above 0, finite.</param>
    public Expression? WithHysteresis(double hysteresis) => ConditionShape.WithHysteresis(this, hysteresis);

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
