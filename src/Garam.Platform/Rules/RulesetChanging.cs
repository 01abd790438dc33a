using Garam.Platform.Identity;
using Garam.Platform.Identity.Audit;
using Garam.Platform.Rest;
using Microsoft.AspNetCore.Http;

namespace Garam.Platform.Rules;

/// <summary>A change of a ruleset that a request asks for: made in the caller's name, recorded, answered.</summary>
internal sealed record RulesetChanging(RulesetCatalog Catalog, Caller Caller, AuditTrail Audit, TimeProvider Time)
{
    private const int ReasonMax = 1_000;

    /// <summary>Found by the framework when a handler has a parameter of this type.</summary>
    public static ValueTask<RulesetChanging?> BindAsync(HttpContext http)
    {
        var services = http.RequestServices;
        return ValueTask.FromResult<RulesetChanging?>(new RulesetChanging(
            (RulesetCatalog)services.GetService(typeof(RulesetCatalog))!, Caller.Of(http), (AuditTrail)services.GetService(typeof(AuditTrail))!,
            (TimeProvider)services.GetService(typeof(TimeProvider))!));
    }

    /// <param name="verb">For the trail: <c>ruleset.VERB</c>.</param>
    /// <param name="revision">The revision the caller has seen; another one refuses the change. Null does not care.</param>
    public IResult Make(string verb, string id, string? reason, int? revision, Func<RulesetCatalog, RulesetDecision, RulesetOutcome> change)
    {
        if (reason is { Length: > ReasonMax })
            return Problem.Invalid($"reason has at most {ReasonMax} characters.");
        var outcome = change(Catalog, new RulesetDecision(Caller.Principal.Name, reason ?? "", TimeParameter.ToUs(Time.GetUtcNow()), revision));
        if (outcome.Refusal is null)
            Audit.Record(Caller, "ruleset." + verb, id, $"version {outcome.Version}; {reason}");
        return Answer(outcome);
    }

    private IResult Answer(RulesetOutcome outcome) => outcome.Refusal switch
    {
        null => Results.Ok(RulesetView.Of(outcome.Standing!, outcome.Version, Catalog.Find(outcome.Standing!.Id))),
        RulesetRefusal.NotFound => Problem.NotFound(Detail(outcome)),
        RulesetRefusal.Invalid => RulesetView.Invalid(outcome.Problems),
        RulesetRefusal.DoesNotFit => Results.Problem(
            Detail(outcome), statusCode: StatusCodes.Status409Conflict,
            extensions: new Dictionary<string, object?> { ["code"] = "ruleset-does-not-fit", ["problems"] = outcome.Problems }),
        RulesetRefusal.Changed => Problem.Of(StatusCodes.Status409Conflict, "ruleset-changed", Detail(outcome)),
        RulesetRefusal.Full => Problem.Of(StatusCodes.Status507InsufficientStorage, "too-many-rulesets", Detail(outcome)),
        _ => Problem.Of(StatusCodes.Status409Conflict, "ruleset-conflict", Detail(outcome)),
    };

    private static string Detail(RulesetOutcome outcome) => outcome.Detail?.ToString() ?? "";
}
