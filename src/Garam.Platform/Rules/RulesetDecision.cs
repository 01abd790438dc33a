using Garam.Platform.Rules.Versions;

namespace Garam.Platform.Rules;

/// <summary>Who changes a ruleset, and why.</summary>
/// <param name="By">A principal's name, or <see cref="RulesetVersion.FileAuthor"/>.</param>
/// <param name="Reason">In their words; may be empty.</param>
/// <param name="AtUs">When, Unix microseconds.</param>
/// <param name="Revision">The revision the decision was made on; another one refuses it. Null does not care.</param>
public sealed record RulesetDecision(string By, string Reason, long AtUs, int? Revision = null)
{
    internal RulesetChange Line(RulesetStanding standing, RulesetChangeKind kind, int? version, int? former, double? share = null) =>
        new(standing.Id, 0, kind, version, former, share, By, Reason, AtUs);
}
