using System.Globalization;
using Garam.Expressions;
using Garam.Platform.Identity;
using Garam.Platform.Rules;
using Garam.Platform.Rules.Versions;
using Garam.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Garam.Web.Rules;

/// <summary>Rulesets: the list, each one's rules and versions, and the forms by which versions come into force, on trial and back.</summary>
internal static class RulePages
{
    public const string Path = "/rules";

    /// <summary>Versions a person chooses among; older ones are reached by their number in the address.</summary>
    public const int VersionsShownMax = 100;

    /// <summary>Shares of the devices that a trial may have.</summary>
    public static readonly IReadOnlyList<double> Shares = [0.05, 0.1, 0.2, 0.5];

    public static void MapRulePages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, () => PageResult.Of<RulesetsPage>()).AsPage(Role.Engineer, Reach.Platform);
        routes.MapGet(Path + "/{id}", (string id, RulesetCatalog catalog, int? version, string? said) =>
            Find(catalog, id) is { } entry && Shown(catalog, entry, version) is { } shown ? Page(entry, shown, said, null) : Results.NotFound())
            .AsPage(Role.Engineer, Reach.Platform);
        routes.MapGet(Path + "/{id}/diff", (string id, RulesetCatalog catalog, int? from, int? to, string? said) =>
            Find(catalog, id) is { } entry && RuleDiffQuery.Of(catalog, entry, from, to) is { } query
                ? PageResult.Of<RuleDiffPage>(new { Entry = entry, Query = query, Said = said })
                : Results.NotFound()).AsPage(Role.Engineer, Reach.Platform);
        Order("activate", (form, catalog, id, decision) => catalog.Activate(id, Number(form, "version"), decision));
        Order("rollback", (_, catalog, id, decision) => catalog.Rollback(id, decision));
        Order("disable", (_, catalog, id, decision) => catalog.Disable(id, decision));
        Order("trial", (form, catalog, id, decision) => catalog.StartTrial(id, Number(form, "version"), Share(form), decision));
        Order("trial-end", (_, catalog, id, decision) => catalog.EndTrial(id, decision));
        RuleTextPages.Map(routes);
        BackTestPages.Map(routes);

        void Order(string verb, Func<IFormCollection, RulesetCatalog, string, RulesetDecision, RulesetOutcome> change) =>
            routes.MapPost($"{Path}/{{id}}/{verb}", (string id, [FromForm] IFormCollection form, RulesetCatalog catalog, RuleOrders orders) =>
            {
                if (Find(catalog, id) is not { } entry)
                    return Results.NotFound();
                var (outcome, said) = orders.Make(verb, id, form["reason"], Number(form, "revision"), (all, decision) => change(form, all, id, decision));
                if (outcome is { Refusal: null })
                    return Results.LocalRedirect($"{AddressOf(id)}?said={said}");
                var shown = Shown(catalog, entry, Number(form, "version")) ?? Shown(catalog, entry, null);
                return shown is null ? Results.NotFound() : Page(Find(catalog, id) ?? entry, shown, said, outcome?.Detail, StatusCodes.Status409Conflict);
            }).AsPage(Role.Engineer, Reach.Platform);
    }

    public static string AddressOf(string id) => $"{Path}/{Uri.EscapeDataString(id)}";

    /// <summary>A ruleset that has not been deleted.</summary>
    public static RulesetEntry? Find(RulesetCatalog catalog, string id) =>
        catalog.Find(id) is { Standing.State: not RulesetState.Deleted } entry ? entry : null;

    /// <summary>The version asked for, else the live one, else the newest; null when the one asked for is not recorded.</summary>
    public static RulesetVersion? Shown(RulesetCatalog catalog, RulesetEntry entry, int? version) =>
        version is > 0 ? catalog.Store.Find(entry.Id, version.Value)
        : entry.Standing.ActiveVersion is { } active ? catalog.Store.Find(entry.Id, active)
        : catalog.Store.Newest(entry.Id);

    private static IResult Page(RulesetEntry entry, RulesetVersion shown, string? said, Phrase? detail, int status = StatusCodes.Status200OK) =>
        PageResult.Of<RulePage>(new { Entry = entry, Shown = shown, Said = said, Detail = detail }, status);

    private static int Number(IFormCollection form, string name) =>
        int.TryParse(form[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static double Share(IFormCollection form) =>
        double.TryParse(form["share"], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share is > 0 and < 1 ? share : Shares[1];
}
