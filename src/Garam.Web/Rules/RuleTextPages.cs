using System.Globalization;
using Garam.Platform.Identity;
using Garam.Platform.Rules;
using Garam.Platform.Rules.Diff;
using Garam.Web.Editing;
using Garam.Web.Shell;
using Garam.Web.Visits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Garam.Web.Rules;

/// <summary>The text of a ruleset: edited, checked while typing, and kept as a new version that judges nothing yet.</summary>
internal static class RuleTextPages
{
    public const string New = "/new/ruleset";

    /// <summary>A new ruleset begins with this, and with the name of a product that there is.</summary>
    private const string Starter = """
        ruleset: my-limits
        product: PRODUCT
        rules:
          - id: too-warm
            title: {en: Too warm, ko: 온도 높음}
            type: threshold
            when: temperature > 30
            for: 5m
            clear: temperature < 28
            severity: high
            message: {en: "{temperature:0.0} °C", ko: "온도 {temperature:0.0}°C"}

        """;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(RulePages.Path + "/{id}/edit", (string id, RulesetCatalog catalog, Visit visit, int? version) =>
            RulePages.Find(catalog, id) is { } entry && RulePages.Shown(catalog, entry, version) is { } shown
                ? Page(Judge(new RuleDraft(entry, shown, shown.Text, entry.Standing.Revision), catalog, visit) with { Checked = null })
                : Results.NotFound()).AsPage(Role.Engineer, Reach.Platform);
        routes.MapGet(New, (RulesetCatalog catalog, Visit visit, Garam.Platform.Packs.PackCatalog packs) =>
        {
            var product = packs.Current.Products.Where(p => p.Decoder.Metrics.Any(m => m.Name == "temperature")).Select(p => p.Id).Order(StringComparer.Ordinal).FirstOrDefault();
            return Page(Judge(new RuleDraft(null, null, Starter.Replace("PRODUCT", product ?? "my-sensor", StringComparison.Ordinal), 0), catalog, visit) with { Checked = null });
        }).AsPage(Role.Engineer, Reach.Platform);
        routes.MapPost(RulePages.Path + "/{id}/check", Check).AsPage(Role.Engineer, Reach.Platform);
        routes.MapPost(RulePages.Path + "/{id}/compare", Compare).AsPage(Role.Engineer, Reach.Platform);
        routes.MapPost(New + "/check", Check).AsPage(Role.Engineer, Reach.Platform);
        routes.MapPost(RulePages.Path + "/{id}/versions", Save).AsPage(Role.Engineer, Reach.Platform);
        routes.MapPost(New, Save).AsPage(Role.Engineer, Reach.Platform);
    }

    private static IResult Check(HttpContext http, [FromForm] IFormCollection form, RulesetCatalog catalog, Visit visit)
    {
        if (Sent(http, form, catalog) is not { } draft)
            return Results.NotFound();
        var judged = Judge(draft, catalog, visit);
        return Fragment.IsWanted(http.Request) ? PageResult.Of<RuleTextChecked>(new { Draft = judged }) : Page(judged);
    }

    /// <summary>The text beside what judges now; the text stays in the editor.</summary>
    private static IResult Compare(HttpContext http, [FromForm] IFormCollection form, RulesetCatalog catalog, Visit visit)
    {
        if (Sent(http, form, catalog) is not { Entry: { } entry } draft || entry.Standing.ActiveVersion is not { } live || catalog.Store.Find(entry.Id, live) is not { } version)
            return Results.NotFound();
        return Page(Judge(draft, catalog, visit) with { Difference = RulesetDiff.Of(version.Text, draft.Text) });
    }

    private static IResult Save(HttpContext http, [FromForm] IFormCollection form, RulesetCatalog catalog, RuleOrders orders, Visit visit)
    {
        if (Sent(http, form, catalog) is not { } draft)
            return Results.NotFound();
        var judged = Judge(draft, catalog, visit);
        if (judged.Checked!.Problems.Count > 0)
            return Page(judged with { Said = "refused" }, StatusCodes.Status422UnprocessableEntity);
        var id = draft.Entry?.Id ?? judged.Id!;
        if (draft.Entry is null && RulePages.Find(catalog, id) is not null)
            return Page(judged with { Said = "there" }, StatusCodes.Status409Conflict);
        var newest = catalog.Store.NewestInfo(id)?.Version ?? 0;
        var (outcome, said) = orders.Make("put", id, draft.Reason, draft.Entry is null ? null : draft.Revision, (all, decision) => all.Put(id, draft.Text, decision.By, activate: false, decision));
        if (outcome is not { Refusal: null })
            return Page(judged with { Said = said, Detail = outcome?.Detail, Revision = catalog.Find(id)?.Standing.Revision ?? 0 }, StatusCodes.Status409Conflict);
        var version = outcome.Version.ToString(CultureInfo.InvariantCulture);
        return Results.LocalRedirect(outcome.Version <= newest ? $"{RulePages.AddressOf(id)}?version={version}&said=same"
            : draft.Entry is null ? $"{RulePages.AddressOf(id)}?said=saved"
            : $"{RulePages.AddressOf(id)}/diff?to={version}&said=saved");
    }

    /// <summary>What the form holds; null when its ruleset is gone.</summary>
    private static RuleDraft? Sent(HttpContext http, IFormCollection form, RulesetCatalog catalog)
    {
        var text = EditedText.Of(form["text"]);
        _ = int.TryParse(form["revision"], NumberStyles.None, CultureInfo.InvariantCulture, out var revision);
        _ = int.TryParse(form["base"], NumberStyles.None, CultureInfo.InvariantCulture, out var version);
        var reason = form["reason"].ToString();
        if (http.GetRouteValue("id") is not string id)
            return new RuleDraft(null, null, text, 0) { Reason = reason };
        return RulePages.Find(catalog, id) is { } entry ? new RuleDraft(entry, RulePages.Shown(catalog, entry, version), text, revision) { Reason = reason } : null;
    }

    private static RuleDraft Judge(RuleDraft draft, RulesetCatalog catalog, Visit visit)
    {
        var read = catalog.Check(draft.Text, (draft.Entry?.Id ?? "ruleset") + ".yaml");
        var problems = read.Problems;
        if (read.Definition is { } definition && draft.Entry is { } entry && definition.Id != entry.Id)
            problems = [.. problems, new(entry.Id + ".yaml", 1, 1, $"the text is of the ruleset `{definition.Id}`, not `{entry.Id}`", $"Write ruleset: {entry.Id}, or use its own page.")];
        return draft with
        {
            Id = read.Definition?.Id,
            ProductId = read.Definition?.ProductId,
            Rules = read.Definition?.Rules,
            Checked = new CheckedText(problems, read.Notes, visit["ruleset.right", read.Definition?.Rules.Count ?? 0]),
        };
    }

    private static IResult Page(RuleDraft draft, int status = StatusCodes.Status200OK) => PageResult.Of<RuleTextPage>(new { Draft = draft }, status);
}
