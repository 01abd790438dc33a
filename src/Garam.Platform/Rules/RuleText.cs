namespace Garam.Platform.Rules;

/// <summary>An expression or template as written, and where, so that an error in it has a place.</summary>
/// <param name="Line">Line of its first character in the file, from 1.</param>
/// <param name="Column">Column of its first character, from 1.</param>
public sealed record RuleText(string Text, int Line, int Column)
{
    /// <summary>Whether it stands in the file letter by letter, so that a place in it is a place in the file; not so when it was folded, escaped or made of a shorthand.</summary>
    public bool IsVerbatim { get; init; } = true;

    /// <summary>Where a character of it stands in the file.</summary>
    /// <param name="position">Index of the character, from 0.</param>
    public (int Line, int Column) Place(int position) => (Line, IsVerbatim ? Column + position : Column);

    public override string ToString() => Text;
}
