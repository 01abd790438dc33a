using Garam.Platform.Rules;

namespace Garam.Platform.Detection;

/// <summary>A ruleset in force, bound: the live version, and the one on trial beside it.</summary>
internal sealed record RulesetArms(ActiveRuleset Active, CompiledRuleset Live, CompiledRuleset? Trial)
{
    /// <summary>The rules that judge a subject, and the name of the arm: null when there is no trial.</summary>
    public (CompiledRuleset Ruleset, string? Arm) For(string subject) =>
        Trial is null ? (Live, null) : Active.Trial!.Covers(subject) ? (Trial, "b") : (Live, "a");
}
