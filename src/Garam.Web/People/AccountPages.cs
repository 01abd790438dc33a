using Garam.Platform.Identity;
using Garam.Platform.Identity.Audit;
using Garam.Platform.Identity.SignIn;
using Garam.Platform.Identity.Tokens;
using Garam.Platform.Identity.Users;
using Garam.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Garam.Web.People;

/// <summary>What people see and change of themselves.</summary>
internal static class AccountPages
{
    public static void MapAccountPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(UserAddress.Account, (string? done) => PageResult.Of<AccountPage>(new { Done = done })).AsPage(Role.Viewer, Reach.Everybody);
        routes.MapPost(UserAddress.Account + "/password", ChangePasswordAsync).AsPage(Role.Viewer, Reach.Everybody);
        routes.MapPost(UserAddress.Account + "/sign-out-elsewhere", EndOtherSessionsAsync).AsPage(Role.Viewer, Reach.Everybody);
        routes.MapPost(UserAddress.Account + "/tokens", IssueToken).AsPage(Role.Viewer, Reach.Everybody);
        routes.MapPost(UserAddress.Account + "/tokens/{id}/revoke", RevokeToken).AsPage(Role.Viewer, Reach.Everybody);
    }

    private static async Task<IResult> ChangePasswordAsync(
        [FromForm] IFormCollection form, HttpContext http, Caller caller, AccountDesk desk, CancellationToken cancellation)
    {
        if (SignedIn(caller) is not { } user)
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        var next = form["next"].ToString();
        if (next != form["again"].ToString())
            return Refused("differ");
        var answer = await desk.ChangePasswordAsync(http, caller, user, form["current"].ToString(), next, cancellation);
        return answer.Outcome == PasswordOutcome.Done ? Results.LocalRedirect(UserAddress.Account + "?done=password") : Refused(UserProblem.Of(answer.Outcome));

        static IResult Refused(string problem) => PageResult.Of<AccountPage>(new { Problem = problem }, StatusCodes.Status400BadRequest);
    }

    /// <summary>The form is read for its anti-forgery token alone, as that of the last.</summary>
    private static async Task<IResult> EndOtherSessionsAsync([FromForm] IFormCollection form, HttpContext http, Caller caller, AccountDesk desk)
    {
        if (SignedIn(caller) is not { } user)
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        await desk.EndOtherSessionsAsync(http, caller, user);
        return Results.LocalRedirect(UserAddress.Account + "?done=elsewhere");
    }

    private static IResult IssueToken([FromForm] IFormCollection form, HttpContext http, UserDirectory users, ApiTokenDesk desk, AuditTrail audit, Caller caller)
    {
        if (SignedIn(caller) is not { } user)
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        var problem = TokenFields.Of(form).Issue(user, users, desk, audit, caller, out var token);
        http.Response.Headers.CacheControl = "no-store";
        return PageResult.Of<AccountPage>(new { Token = token, Problem = problem }, problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private static IResult RevokeToken(string id, [FromForm] IFormCollection form, ApiTokenDesk desk, AuditTrail audit, Caller caller)
    {
        if (SignedIn(caller) is not { } user)
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        if (!desk.Revoke(user, id))
            return Results.NotFound();
        audit.Record(caller, "token.revoke", user, id);
        return Results.LocalRedirect(UserAddress.Account + "?done=revoked");
    }

    /// <summary>The user who has signed in; null for a token of theirs, which must neither outlive its revocation nor reach further than it was given.</summary>
    private static string? SignedIn(Caller caller) => caller.Principal.IsApiToken ? null : caller.Principal.UserName;
}
