using Garam.Decoding.Specs;
using Garam.Platform.Rules.Versions;

namespace Garam.Platform.Rules;

/// <summary>A ruleset as it stands, with its texts read. Immutable.</summary>
/// <param name="Active">The active version against today's product; null while none is active.</param>
/// <param name="Candidate">The version on trial; null while there is none.</param>
/// <param name="InForce">What judges readings; null when nothing does, and then <see cref="Problems"/> says why if it should.</param>
public sealed record RulesetEntry(RulesetStanding Standing, CheckedRuleset? Active, CheckedRuleset? Candidate, ActiveRuleset? InForce)
{
    public string Id => Standing.Id;

    /// <summary>Why what should be in force is not.</summary>
    public IEnumerable<SpecProblem> Problems => (Active?.Problems ?? []).Concat(Candidate?.Problems ?? []);

    public IEnumerable<SpecProblem> Notes => (Active?.Notes ?? []).Concat(Candidate?.Notes ?? []);

    /// <summary>Ids of the rules that may have alarms; null when that cannot be told because the text does not fit today's product.</summary>
    internal IReadOnlySet<string>? RuleIds()
    {
        if (Standing.State != RulesetState.Active)
            return new HashSet<string>(StringComparer.Ordinal);
        if (Active is not { IsFit: true } || Candidate is { IsFit: false })
            return null;
        return Active.Definition!.Rules.Concat(Candidate?.Definition!.Rules ?? []).Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
    }
}
