namespace Garam.Expressions.Syntax;

internal sealed class NameNode(int position, int length, string name) : SyntaxNode(position, length, 1)
{
    public string Name { get; } = name;
}
