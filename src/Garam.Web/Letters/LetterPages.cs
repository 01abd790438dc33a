using Garam.Platform.DeadLetters;
using Garam.Platform.Identity;
using Garam.Platform.Identity.Audit;
using Garam.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Garam.Web.Letters;

/// <summary>Dead letters: what could not be stored, why, to the byte, and another try.</summary>
internal static class LetterPages
{
    private const string Path = "/dead-letters";

    /// <summary>A page of them; the newest state of each is read again at every visit.</summary>
    private const int PageSize = 50;

    public static void MapLetterPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (DeadLetterStore store, Caller caller, string? reason, string? device, long? after, int? recovered, int? failed, int? dropped) =>
        {
            var found = store.List(Given(reason), Given(device), after ?? -1, PageSize + 1, caller.Scope.CustomerId);
            return PageResult.Of<LettersPage>(new
            {
                Letters = found.Take(PageSize).ToList(),
                Next = found.Count > PageSize ? (long?)found[PageSize - 1].Position : null,
                Reasons = store.CountByReason(caller.Scope.CustomerId),
                Reason = Given(reason),
                Outcome = new LetterOutcome(recovered, failed, dropped),
            });
        }).AsPage(Role.Viewer);
        routes.MapGet(Path + "/{id:long}", (long id, DeadLetterStore store, Caller caller) =>
            store.Find(id) is { } letter && caller.Scope.SeesDevice(letter.DeviceId) ? PageResult.Of<LetterPage>(new { Letter = letter }) : Results.NotFound()).AsPage(Role.Viewer);
        routes.MapPost(Path + "/retry", RetryAsync).AsPage(Role.Operator, Reach.Platform);
        routes.MapPost(Path + "/{id:long}/drop", Drop).AsPage(Role.Operator, Reach.Platform);
    }

    private static async Task<IResult> RetryAsync(
        [FromForm] long? id, [FromForm] string? reason, DeadLetterRetry retry, Caller caller, AuditTrail audit, CancellationToken cancellation)
    {
        var report = await retry.RunAsync(id is { } one ? [one] : null, Given(reason), cancellation);
        audit.Record(caller, "dead-letter.retry", id?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? Given(reason) ?? "all", $"{report.Recovered} recovered, {report.Failed} failed");
        return Back($"?recovered={report.Recovered}&failed={report.Failed}");
    }

    /// <summary>The form is read for its anti-forgery token alone.</summary>
    private static IResult Drop(long id, [FromForm] IFormCollection form, DeadLetterStore store, Caller caller, AuditTrail audit)
    {
        var dropped = store.Remove([id]);
        audit.Record(caller, "dead-letter.drop", id.ToString(System.Globalization.CultureInfo.InvariantCulture), $"{dropped} dropped");
        return Back($"?dropped={dropped}");
    }

    private static IResult Back(string query) => Results.LocalRedirect(Path + query);

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
