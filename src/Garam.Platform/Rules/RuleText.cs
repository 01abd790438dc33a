namespace Garam.Platform.Rules;

/// <summary>An expression or template as written, and where, so that an error in it has a place.</summary>
/// <param name="Line">Line of its first character in the file, from 1.</param>
/// <param name="Column">Column of its first character, from 1.</param>
public sealed record RuleText(string Text, int Line, int Column)
{
    public override string ToString() => Text;
}
