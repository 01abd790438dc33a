using System.Globalization;
using System.Text;
using Garam.Platform.Identity;
using Garam.Platform.Rest;
using Garam.Platform.Rules.BackTest;
using Garam.Platform.Rules.Diff;
using Garam.Platform.Rules.Versions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Garam.Platform.Rules;

/// <summary>Rulesets over REST, as far as they are read: what is in force, versions, history, differences.</summary>
public static class RulesetEndpoints
{
    private const int LimitDefault = 100;
    private const int LimitMax = 1_000;

    public static void MapRulesets(this IEndpointRouteBuilder routes)
    {
        var rulesets = routes.MapGroup("/api/v1/rulesets").WithTags("rulesets");
        rulesets.MapGet("", List).Require(Role.Viewer).WithSummary("The rulesets: what is in force and on trial, and what is wrong in files that are not.");
        rulesets.MapGet("/{id}", Get).Require(Role.Viewer).WithSummary("A ruleset: its rules and its text; the text alone with Accept: application/yaml.");
        rulesets.MapGet("/{id}/versions", Versions).Require(Role.Viewer).WithSummary("Its versions, newest first: who wrote each, when and why.");
        rulesets.MapGet("/{id}/versions/{version:int}", Version).Require(Role.Viewer).WithSummary("One version with its text; the text alone with Accept: application/yaml.");
        rulesets.MapGet("/{id}/history", History).Require(Role.Viewer).WithSummary("What was done to it, newest first: who, when and why.");
        rulesets.MapGet("/{id}/diff", Diff).Require(Role.Viewer).WithSummary("What differs between two versions, by rule and by line.");
        rulesets.MapPost("/{id}/diff", DiffTextAsync).Require(Role.Viewer).WithSummary("What differs between a version and a text (YAML as the body).");
        rulesets.MapPost("/check", CheckAsync).Require(Role.Viewer).WithSummary("Checks a ruleset (YAML as the body) against the products in force; nothing is kept.");
        RulesetChangeEndpoints.Map(rulesets);
        BackTestEndpoint.Map(rulesets);
    }

    private static IResult List(RulesetCatalog catalog, RulesetAlarms alarms)
    {
        var lasting = alarms.Lasting();
        return Results.Ok(new
        {
            items = catalog.Entries.Select(e => RulesetView.Summary(e, catalog.Store.NewestInfo(e.Id), lasting.GetValueOrDefault(e.Id))),
            problems = catalog.FileProblems.Select(p => p.ToString()),
        });
    }

    private static IResult Get(string id, HttpRequest request, RulesetCatalog catalog, RulesetAlarms alarms)
    {
        if (Shown(catalog, id) is not { } entry)
            return NoRuleset(id);
        var version = entry.Standing.ActiveVersion is { } active ? catalog.Store.Find(id, active) : catalog.Store.Newest(id);
        if (version is null)
            return NoRuleset(id);
        return WantsYaml(request) ? Yaml(version.Text) : Results.Ok(RulesetView.Detail(entry, version, alarms.Lasting().GetValueOrDefault(id), catalog));
    }

    private static IResult Versions(string id, RulesetCatalog catalog, string? cursor = null, int limit = LimitDefault)
    {
        if (limit is < 1 or > LimitMax)
            return Problem.Invalid($"limit must be 1 to {LimitMax}.");
        if (!int.TryParse(cursor ?? int.MaxValue.ToString(CultureInfo.InvariantCulture), NumberStyles.None, CultureInfo.InvariantCulture, out var before))
            return Problem.Invalid("cursor must be one that a former answer gave as next.");
        if (catalog.Find(id) is not { } entry)
            return NoRuleset(id);
        var versions = catalog.Store.Versions(id, before, limit + 1);
        return Results.Ok(new
        {
            items = versions.Take(limit).Select(v => RulesetView.Of(v, entry.Standing)),
            next = versions.Count > limit ? versions[limit - 1].Version.ToString(CultureInfo.InvariantCulture) : null,
        });
    }

    private static IResult Version(string id, int version, HttpRequest request, RulesetCatalog catalog)
    {
        if (catalog.Find(id) is not { } entry)
            return NoRuleset(id);
        if (catalog.Store.Find(id, version) is not { } found)
            return Problem.NotFound($"'{id}' has no version {version}.");
        return WantsYaml(request) ? Yaml(found.Text) : Results.Ok(RulesetView.WithText(found, entry.Standing));
    }

    private static IResult History(string id, RulesetCatalog catalog, int limit = LimitDefault)
    {
        if (limit is < 1 or > RulesetStore.ChangesMax)
            return Problem.Invalid($"limit must be 1 to {RulesetStore.ChangesMax}.");
        return catalog.Find(id) is null ? NoRuleset(id) : Results.Ok(new { items = catalog.Store.Changes(id, limit).Select(RulesetView.Of) });
    }

    private static IResult Diff(string id, RulesetCatalog catalog, int? from = null, int? to = null)
    {
        if (catalog.Find(id) is not { } entry)
            return NoRuleset(id);
        var newest = catalog.Store.Newest(id)?.Version;
        var first = from ?? entry.Standing.ActiveVersion ?? newest ?? 0;
        var last = to ?? (from is null ? newest : entry.Standing.ActiveVersion ?? newest) ?? 0;
        if (catalog.Store.Find(id, first) is not { } before)
            return Problem.NotFound($"'{id}' has no version {first}.");
        if (catalog.Store.Find(id, last) is not { } after)
            return Problem.NotFound($"'{id}' has no version {last}.");
        return DiffOf(id, before, after.Text, after.Version);
    }

    private static async Task<IResult> DiffTextAsync(string id, HttpRequest request, RulesetCatalog catalog, CancellationToken cancellation, int? from = null)
    {
        if (catalog.Find(id) is not { } entry)
            return NoRuleset(id);
        var first = from ?? entry.Standing.ActiveVersion ?? catalog.Store.Newest(id)?.Version ?? 0;
        if (catalog.Store.Find(id, first) is not { } before)
            return Problem.NotFound($"'{id}' has no version {first}.");
        return await RulesetText.ReadAsync(request, cancellation) is { } text ? DiffOf(id, before, text, null) : RulesetText.TooLarge();
    }

    private static async Task<IResult> CheckAsync(HttpRequest request, RulesetCatalog catalog, CancellationToken cancellation, string file = "ruleset.yaml")
    {
        if (await RulesetText.ReadAsync(request, cancellation) is not { } text)
            return RulesetText.TooLarge();
        var read = catalog.Check(text, file);
        return read.IsFit
            ? Results.Ok(new { id = read.Definition!.Id, productId = read.Definition.ProductId, rules = read.Definition.Rules.Count, notes = read.Notes.Select(n => n.ToString()) })
            : RulesetView.Invalid(read.Problems);
    }

    private static IResult DiffOf(string id, RulesetVersion before, string text, int? version)
    {
        // Only the form is needed: two versions of a product that is gone can still be compared.
        var from = RulesetFile.Parse(before.Text, $"{id} version {before.Version}");
        var to = RulesetFile.Parse(text, id + ".yaml");
        if (from.Definition is null || to.Definition is null)
            return RulesetView.Invalid([.. from.Problems, .. to.Problems]);
        var diff = RulesetDiff.Of(from.Definition, to.Definition);
        return Results.Ok(new { id, from = before.Version, to = version, rules = diff.Rules, lines = diff.Lines });
    }

    private static RulesetEntry? Shown(RulesetCatalog catalog, string id) =>
        catalog.Find(id) is { Standing.State: not RulesetState.Deleted } entry ? entry : null;

    private static IResult NoRuleset(string id) => Problem.NotFound($"There is no ruleset '{id}'.");

    private static bool WantsYaml(HttpRequest request) =>
        request.Headers.Accept.Any(a => a is not null && a.Contains("yaml", StringComparison.OrdinalIgnoreCase));

    private static IResult Yaml(string text) => Results.Text(text, "application/yaml", Encoding.UTF8);
}
