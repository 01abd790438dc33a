using Garam.Platform.Rules;
using Garam.Platform.Rules.Versions;

namespace Garam.Web.Rules;

/// <summary>Two versions of a ruleset laid side by side.</summary>
public sealed record RuleDiffQuery(RulesetVersion From, RulesetVersion To)
{
    /// <summary>The versions asked for; what is left out is the live one, or the one before, and the newest. Null when one is not recorded.</summary>
    internal static RuleDiffQuery? Of(RulesetCatalog catalog, RulesetEntry entry, int? from, int? to)
    {
        var newest = catalog.Store.NewestInfo(entry.Id)?.Version ?? 0;
        var last = to ?? newest;
        var first = from ?? (entry.Standing.ActiveVersion is { } active && active != last ? active : Before(catalog, entry.Id, last) ?? last);
        return catalog.Store.Find(entry.Id, first) is { } before && catalog.Store.Find(entry.Id, last) is { } after ? new RuleDiffQuery(before, after) : null;
    }

    private static int? Before(RulesetCatalog catalog, string id, int version) =>
        catalog.Store.Versions(id, version, 1) is [var former, ..] ? former.Version : null;
}
