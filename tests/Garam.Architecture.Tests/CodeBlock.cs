namespace Garam.Architecture;

/// <summary>A fenced block of a page.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Info">What stands behind the fence: <c>sh run</c>, <c>yaml</c>, …</param>
internal sealed record CodeBlock(int Line, string Info, string Text)
{
    private const string Mark = "```";

    public static IEnumerable<CodeBlock> In(IReadOnlyList<string> page)
    {
        for (var i = 0; i < page.Count; i++)
        {
            if (!page[i].TrimStart().StartsWith(Mark, StringComparison.Ordinal))
                continue;
            var begin = i++;
            while (i < page.Count && page[i].Trim() != Mark)
                i++;
            yield return new CodeBlock(begin + 1, page[begin].Trim()[Mark.Length..].Trim(), string.Join('\n', page.Skip(begin + 1).Take(i - begin - 1)));
        }
    }
}
