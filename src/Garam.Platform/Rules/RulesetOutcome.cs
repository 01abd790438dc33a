using Garam.Decoding.Specs;
using Garam.Expressions;
using Garam.Platform.Rules.Versions;

namespace Garam.Platform.Rules;

/// <summary>What became of a change of a ruleset.</summary>
/// <param name="Refusal">Null when it was made.</param>
/// <param name="Detail">Why not, a sentence or more; null when it was made.</param>
/// <param name="Problems">What is wrong in the text; empty unless it is that.</param>
/// <param name="Standing">How the ruleset stands now; null when it was refused.</param>
/// <param name="Version">The version it is about; 0 when it is about none.</param>
public sealed record RulesetOutcome(
    RulesetRefusal? Refusal, Phrase? Detail, IReadOnlyList<SpecProblem> Problems, RulesetStanding? Standing, int Version)
{
    internal static RulesetOutcome Done(RulesetStanding standing, int version) => new(null, null, [], standing, version);

    internal static RulesetOutcome Refused(RulesetRefusal why, Phrase detail, IReadOnlyList<SpecProblem>? problems = null) =>
        new(why, detail, problems ?? [], null, 0);
}
