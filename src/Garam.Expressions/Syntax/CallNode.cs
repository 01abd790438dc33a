namespace Garam.Expressions.Syntax;

internal sealed class CallNode(Token name, string function, IReadOnlyList<SyntaxNode> arguments, int endPosition)
    : SyntaxNode(name.Position, endPosition - name.Position, arguments.Select(a => a.Height).DefaultIfEmpty().Max() + 1)
{
    public Token Name { get; } = name;

    /// <summary>The function by its own name: the SQL spelling's aliases are gone.</summary>
    public string Function { get; } = function;

    public IReadOnlyList<SyntaxNode> Arguments { get; } = arguments;

    public override IReadOnlyList<SyntaxNode> Parts => Arguments;
}
