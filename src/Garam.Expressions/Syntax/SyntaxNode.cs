namespace Garam.Expressions.Syntax;

/// <summary>A part of an expression and its place in the text.</summary>
internal abstract class SyntaxNode(int position, int length, int height)
{
    public int Position { get; } = position;

    public int Length { get; } = length;

    /// <summary>Levels below and including this one; bounded, because whoever walks the tree recurses.</summary>
    public int Height { get; } = height;

    /// <summary>The nodes directly below, in the order of the text.</summary>
    public virtual IReadOnlyList<SyntaxNode> Parts => [];

    public int EndPosition => Position + Length;
}
