using System.Data.Common;
using Garam.Platform.Identity;
using Garam.Platform.Identity.Audit;
using Garam.Platform.Rest;
using Garam.Platform.Rules;
using Garam.Web.Visits;

namespace Garam.Web.Rules;

/// <summary>A person's changes of rulesets: in their name, with their reason, in the trail.</summary>
internal sealed class RuleOrders(RulesetCatalog catalog, AuditTrail audit, Visit visit, TimeProvider time)
{
    private const int ReasonMax = 1_000;

    /// <param name="verb">For the trail: <c>ruleset.VERB</c>.</param>
    /// <param name="revision">The revision the person saw; null for a ruleset that is new.</param>
    /// <returns>What became of it, null when it was not tried or could not be recorded; and the end of a key <c>ruleset.said.</c> that says it.</returns>
    public (RulesetOutcome? Outcome, string Said) Make(string verb, string id, string? reason, int? revision, Func<RulesetCatalog, RulesetDecision, RulesetOutcome> change)
    {
        var why = (reason ?? "").Trim();
        if (why.Length is 0 or > ReasonMax)
            return (null, "reason");
        var caller = visit.Caller!;
        try
        {
            var outcome = change(catalog, new RulesetDecision(caller.Principal.Name, why, TimeParameter.ToUs(time.GetUtcNow()), revision));
            if (outcome.Refusal is null)
                audit.Record(caller, "ruleset." + verb, id, $"version {outcome.Version}; {why}");
            return (outcome, Said(outcome.Refusal, verb));
        }
        catch (DbException)
        {
            // The database takes nothing: all is as it was, and the pipeline's page says why.
            return (null, "unrecorded");
        }
    }

    private static string Said(RulesetRefusal? refusal, string verb) => refusal switch
    {
        null => verb,
        RulesetRefusal.Changed => "changed",
        RulesetRefusal.DoesNotFit => "misfit",
        RulesetRefusal.Invalid => "refused",
        _ => "unfitting",
    };
}
