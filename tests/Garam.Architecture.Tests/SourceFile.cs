using System.Text.RegularExpressions;

namespace Garam.Architecture;

/// <summary>One C# file, read without a compiler: enough to see which types it declares and where.</summary>
internal sealed partial record SourceFile(string Path, IReadOnlyList<string> Lines)
{
    public static IEnumerable<SourceFile> Under(string folder) =>
        Repository.Under(folder, ".cs").Select(path => new SourceFile(path, Repository.Lines(path)));

    /// <summary>The file's name up to its first dot: <c>Segment</c> of <c>Segment.cs</c> and of <c>Segment.Recovery.cs</c>.</summary>
    public string Name => System.IO.Path.GetFileName(Path).Split('.')[0];

    /// <summary>Every declared type, nested ones too.</summary>
    public IEnumerable<string> Types => Lines.Select(line => Declaration().Match(line)).Where(match => match.Success).Select(match => match.Groups["name"].Value);

    /// <summary>The types that stand alone: with file-scoped namespaces they start in the first column.</summary>
    public IEnumerable<string> TopLevelTypes => Lines
        .Where(line => line.Length > 0 && !char.IsWhiteSpace(line[0]))
        .Select(line => Declaration().Match(line))
        .Where(match => match.Success && !match.Value.StartsWith("file ", StringComparison.Ordinal))
        .Select(match => match.Groups["name"].Value)
        .Distinct();

    [GeneratedRegex(@"^\s*(?:\[[^\]]*\]\s*)*(?:(?:public|internal|private|protected|file|sealed|abstract|static|partial|readonly|ref|unsafe|new)\s+)*(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?|delegate\s+[\w<>?,\.\[\]]+)\s+(?<name>[A-Z]\w*)")]
    private static partial Regex Declaration();
}
