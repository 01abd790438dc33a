namespace Garam.Platform.Rules.Versions;

/// <summary>A version of a ruleset. Never changes once recorded.</summary>
/// <param name="Version">Its number, from 1; rises, with gaps when a file names a larger one.</param>
/// <param name="Author">Who wrote it; <see cref="FileAuthor"/> when it came from a pack's file.</param>
/// <param name="Reason">Why; the file's name when it came from one.</param>
/// <param name="CreatedUs">When it was recorded, Unix microseconds.</param>
/// <param name="Text">The whole YAML.</param>
public sealed record RulesetVersion(string RulesetId, int Version, string ProductId, string Author, string Reason, long CreatedUs, string Text)
{
    public const string FileAuthor = "file";
}
