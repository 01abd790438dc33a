using System.Globalization;
using Garam.Platform.Identity;
using Garam.Platform.Rules;
using Garam.Platform.Rules.BackTest;
using Garam.Web.Editing;
using Garam.Web.Shell;
using Garam.Web.Visits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Garam.Web.Rules;

/// <summary>Back-tests: what to run, how far it is, and what would have been raised.</summary>
internal static class BackTestPages
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(RulePages.Path + "/{id}/backtest", (string id, RulesetCatalog catalog, int? version) =>
            RulePages.Find(catalog, id) is { } entry && (version ?? catalog.Store.NewestInfo(id)?.Version) is { } chosen
                ? Form(entry, chosen, null)
                : Results.NotFound()).AsPage(Role.Engineer, Reach.Platform);
        routes.MapPost(RulePages.Path + "/{id}/backtests", Start).AsPage(Role.Engineer, Reach.Platform);
        routes.MapGet(RulePages.Path + "/{id}/backtests/{number:long}", (string id, long number, RulesetCatalog catalog, BackTestDesk desk, string? by) =>
            RulePages.Find(catalog, id) is not { } entry ? Results.NotFound()
            : Of(desk, id, number) is { } job ? PageResult.Of<BackTestJobPage>(new { Entry = entry, Job = job, ByDevice = by == "device" })
            : Form(entry, entry.Standing.ActiveVersion ?? 1, "forgotten", StatusCodes.Status404NotFound)).AsPage(Role.Engineer, Reach.Platform);
        routes.MapPost(RulePages.Path + "/{id}/backtests/{number:long}/stop", (string id, long number, [FromForm] IFormCollection form, BackTestDesk desk) =>
        {
            if (Of(desk, id, number) is null)
                return Results.NotFound();
            desk.Stop(number);
            return Results.LocalRedirect(AddressOf(id, number));
        }).AsPage(Role.Engineer, Reach.Platform);
    }

    public static string AddressOf(string id, long number) => $"{RulePages.AddressOf(id)}/backtests/{number.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Runs a text when the form holds one, else a recorded version.</summary>
    private static IResult Start(string id, [FromForm] IFormCollection form, RulesetCatalog catalog, BackTestDesk desk, Caller caller, Visit visit)
    {
        if (RulePages.Find(catalog, id) is not { } entry)
            return Results.NotFound();
        var isText = form.ContainsKey("text");
        _ = int.TryParse(form[isText ? "base" : "version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version);
        var text = isText ? EditedText.Of(form["text"]) : catalog.Store.Find(id, version)?.Text;
        if (text is null)
            return Results.NotFound();
        if (BackTestQuery.Of(form, visit, out var wrong) is not { } query)
            return Form(entry, version, wrong, StatusCodes.Status400BadRequest);
        var read = catalog.Check(text, isText ? id + ".yaml" : $"{id} version {version.ToString(CultureInfo.InvariantCulture)}");
        if (!read.IsFit || read.Definition!.Id != id)
            return Form(entry, version, isText ? "text" : "misfit", StatusCodes.Status422UnprocessableEntity);
        var isRecorded = !isText || catalog.Store.Find(id, version)?.Text == text;
        var request = new BackTestRequest(read.Definition, isRecorded ? version : 0, entry.InForce, query.Range.FromUs, query.Range.ToUs, query.Devices)
        {
            Notes = read.Notes,
        };
        return desk.Start(request, caller.Principal.Name) is { } job
            ? Results.LocalRedirect(AddressOf(id, job.Number))
            : Form(entry, version, "busy", StatusCodes.Status429TooManyRequests);
    }

    /// <summary>A run of this ruleset; another one's number leads nowhere.</summary>
    private static BackTestJob? Of(BackTestDesk desk, string id, long number) => desk.Find(number) is { } job && job.Request.Draft.Id == id ? job : null;

    private static IResult Form(RulesetEntry entry, int version, string? wrong, int status = StatusCodes.Status200OK) =>
        PageResult.Of<BackTestPage>(new { Entry = entry, Version = version, Wrong = wrong }, status);
}
