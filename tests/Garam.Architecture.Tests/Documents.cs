using System.Text.RegularExpressions;

namespace Garam.Architecture;

public sealed partial class Documents
{
    private static IEnumerable<string> Pages => Repository.Files.Where(path => path.EndsWith(".md", StringComparison.Ordinal));

    [Theory]
    [InlineData("README.md")]
    [InlineData("README.ko.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("CHANGELOG.md")]
    [InlineData("LICENSE")]
    [InlineData("docs/README.md")]
    public void What_every_reader_looks_for_is_there(string path) => Repository.Exists(path).ShouldBeTrue();

    [Fact]
    public void The_changelog_says_what_is_not_yet_released() =>
        Repository.Lines("CHANGELOG.md").ShouldContain("## Unreleased");

    [Fact]
    public void Links_between_documents_lead_somewhere()
    {
        var wrong =
            from page in Pages
            from target in Links(page)
            where !Leads(page, target)
            select $"{page}: {target}";
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Every_page_of_docs_is_reached_from_the_index()
    {
        var reached = new HashSet<string>(["docs/README.md"]);
        var open = new Queue<string>(reached);
        while (open.TryDequeue(out var page))
            foreach (var target in Links(page).SelectMany(link => PagesAt(Resolve(page, link))).Where(reached.Add))
                open.Enqueue(target);
        Pages.Where(page => page.StartsWith("docs/", StringComparison.Ordinal)).Except(reached).ShouldBeEmpty();
    }

    [Fact]
    public void Code_blocks_say_a_known_language_or_none()
    {
        var wrong =
            from page in Pages
            from fence in Fences(page)
            where !Languages.Contains(fence.Info)
            select $"{page}:{fence.Line}: ```{fence.Info}";
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Commands_are_read_by_a_plain_shell()
    {
        foreach (var page in Pages)
            foreach (var block in Fences(page).Where(block => block.Info is "sh" or "sh run"))
                PlainShell.Errors(block.Text).ShouldBeEmpty($"{page}:{block.Line}");
    }

    [Fact]
    public void Decisions_are_numbered_without_gaps_and_have_their_three_parts()
    {
        var records = Repository.Under("docs/decisions", ".md").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])).ToList();
        records.Select(path => int.Parse(Path.GetFileName(path)[..4], System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(Enumerable.Range(1, records.Count));
        foreach (var record in records)
            Repository.Lines(record).Where(line => line.StartsWith("## ", StringComparison.Ordinal)).ShouldBe(["## Context", "## Decision", "## Consequences"], record);
    }

    // `sh run` blocks are executed in order against a running server; see CONTRIBUTING.md.
    private static readonly HashSet<string> Languages =
        ["", "sh", "sh run", "expressions", "yaml", "json", "text", "csharp", "sql", "http", "xml", "ini", "csv", "promql", "python", "toml", "powershell", "mermaid"];

    private static IEnumerable<CodeBlock> Fences(string page) => CodeBlock.In(Repository.Lines(page));

    private static IEnumerable<string> Links(string page) =>
        Link().Matches(WithoutCode(Repository.Read(page)))
            .Select(match => match.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal));

    // A link to a folder shows its list of pages.
    private static IEnumerable<string> PagesAt(string target) =>
        Pages.Where(path => path == target || Path.GetDirectoryName(path)!.Replace('\\', '/') == target);

    private static bool Leads(string page, string link)
    {
        var target = Resolve(page, link);
        if (!Repository.Exists(target))
            return false;
        return link.IndexOf('#') is var hash && (hash < 0 || !target.EndsWith(".md", StringComparison.Ordinal) || Anchors(target).Contains(link[(hash + 1)..]));
    }

    private static string Resolve(string page, string link)
    {
        var path = link.Split('#')[0];
        if (path.Length == 0)
            return page;
        var absolute = Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, path));
        return Path.GetRelativePath(Repository.Root, absolute).Replace('\\', '/').TrimEnd('/');
    }

    // As the usual renderers make them: lower case, spaces to hyphens, punctuation gone.
    private static IEnumerable<string> Anchors(string page) =>
        from line in WithoutCode(Repository.Read(page)).Split('\n')
        where line.StartsWith('#')
        select Punctuation().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-');

    private static string WithoutCode(string text) => FencedText().Replace(text, "");

    [GeneratedRegex(@"!?\[[^\]]*\]\((?<target>[^)\s]+)(?:\s+""[^""]*"")?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^ *(`{3,})[^\n]*\n.*?^ *\1 *$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex FencedText();

    [GeneratedRegex(@"[^\p{L}\p{N}\s_-]")]
    private static partial Regex Punctuation();
}
