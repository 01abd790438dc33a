using System.Text.RegularExpressions;

namespace Garam.Architecture;

internal static partial class Described
{
    /// <summary>Every name stands in the page between backticks, alone or as the last part of a dotted key.</summary>
    public static void ShouldBeDescribedIn(this IEnumerable<string> names, string page)
    {
        var described = Quoted().Matches(Repository.Read(page))
            .SelectMany(match => new[] { match.Groups["text"].Value, match.Groups["text"].Value.Split('.')[^1] }).ToHashSet(StringComparer.Ordinal);
        var all = names.ToList();
        all.ShouldNotBeEmpty("the source's text has changed its form");
        all.Where(name => !described.Contains(name)).ShouldBeEmpty(page);
    }

    [GeneratedRegex("`(?<text>[^`\n]+)`")]
    private static partial Regex Quoted();
}
