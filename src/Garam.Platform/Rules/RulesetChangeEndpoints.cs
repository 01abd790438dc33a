using Garam.Platform.Devices;
using Garam.Platform.Identity;
using Garam.Platform.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Garam.Platform.Rules;

/// <summary>Changes of rulesets over REST: recording versions, activating, rolling back, trials. Each is kept with who and why.</summary>
internal static class RulesetChangeEndpoints
{
    private const int AuthorMax = 200;

    public static void Map(RouteGroupBuilder rulesets)
    {
        rulesets.MapPut("/{id}", PutAsync).Require(Role.Engineer).WithSummary("Checks a ruleset (YAML as the body) and records it as a new version; puts it in force with activate=true.");
        rulesets.MapDelete("/{id}", Delete).Require(Role.Engineer).WithSummary("Takes a ruleset out of force and off the list; versions and history stay.");
        rulesets.MapPost("/{id}/activate", Activate).Require(Role.Engineer).WithSummary("Puts a recorded version in force.");
        rulesets.MapPost("/{id}/rollback", Rollback).Require(Role.Engineer).WithSummary("Puts the version in force that was so before.");
        rulesets.MapPost("/{id}/disable", Disable).Require(Role.Engineer).WithSummary("Takes a ruleset out of force until a version is activated again.");
        rulesets.MapPost("/{id}/trial", StartTrial).Require(Role.Engineer).WithSummary("Lets a version judge a share of the devices, beside the live one.");
        rulesets.MapDelete("/{id}/trial", EndTrial).Require(Role.Engineer).WithSummary("Ends the trial; the live version judges all devices again.");
        rulesets.MapGet("/{id}/trial", GetTrial).Require(Role.Viewer).WithSummary("Both arms of a trial compared: devices, alarms, verdicts, precision.");
    }

    private static async Task<IResult> PutAsync(
        string id, HttpRequest request, RulesetChanging changing, CancellationToken cancellation,
        string? author = null, string? reason = null, bool activate = false, int? revision = null)
    {
        if (author is { Length: > AuthorMax })
            return Problem.Invalid($"author has at most {AuthorMax} characters.");
        return await RulesetText.ReadAsync(request, cancellation) is { } text
            ? changing.Make("put", id, reason, revision, (catalog, decision) => catalog.Put(id, text, author ?? decision.By, activate, decision))
            : RulesetText.TooLarge();
    }

    private static IResult Activate(string id, ActivateBody body, RulesetChanging changing) => body.Version is { } version
        ? changing.Make("activate", id, body.Reason, body.Revision, (catalog, decision) => catalog.Activate(id, version, decision))
        : Problem.Invalid("Say which: {\"version\":3,\"reason\":\"…\"}.");

    private static IResult Rollback(string id, ReasonBody? body, RulesetChanging changing) =>
        changing.Make("rollback", id, body?.Reason, body?.Revision, (catalog, decision) => catalog.Rollback(id, decision));

    private static IResult Disable(string id, ReasonBody? body, RulesetChanging changing) =>
        changing.Make("disable", id, body?.Reason, body?.Revision, (catalog, decision) => catalog.Disable(id, decision));

    private static IResult Delete(string id, RulesetChanging changing, string? reason = null, int? revision = null) =>
        changing.Make("delete", id, reason, revision, (catalog, decision) => catalog.Delete(id, decision));

    private static IResult StartTrial(string id, TrialBody body, RulesetChanging changing)
    {
        if (body.Version is not { } version || body.Share is not { } share)
            return Problem.Invalid("Say what and how many: {\"version\":4,\"share\":0.1}.");
        return share is > 0 and < 1
            ? changing.Make("trial", id, body.Reason, body.Revision, (catalog, decision) => catalog.StartTrial(id, version, share, decision))
            : Problem.Invalid("share must lie between 0 and 1: 0.1 is a tenth of the devices. For all of them activate the version.");
    }

    private static IResult EndTrial(string id, RulesetChanging changing, string? reason = null, int? revision = null) =>
        changing.Make("trial-end", id, reason, revision, (catalog, decision) => catalog.EndTrial(id, decision));

    private static IResult GetTrial(string id, RulesetCatalog catalog, RulesetAlarms alarms, DeviceRegistry registry)
    {
        if (catalog.Find(id) is not { } entry)
            return Problem.NotFound($"There is no ruleset '{id}'.");
        return entry is { Standing.Trial: { } trial, InForce: { Trial: not null } inForce }
            ? Results.Ok(TrialComparison.Of(inForce, trial, alarms, registry))
            : Problem.NotFound($"'{id}' has no trial.");
    }

    private sealed record ActivateBody(int? Version, string? Reason, int? Revision);

    private sealed record ReasonBody(string? Reason, int? Revision);

    private sealed record TrialBody(int? Version, double? Share, string? Reason, int? Revision);
}
