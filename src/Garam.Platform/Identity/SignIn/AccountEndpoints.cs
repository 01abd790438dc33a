using Garam.Platform.Identity.Users;
using Garam.Platform.Rest;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Garam.Platform.Identity.SignIn;

/// <summary>What people see and change of themselves.</summary>
public static class AccountEndpoints
{
    public static void MapAccount(this IEndpointRouteBuilder routes)
    {
        var account = routes.MapGroup("/api/v1/auth").WithTags("identity");
        account.MapGet("/me", Me).Require(Role.Viewer, Reach.Everybody).WithSummary("Who the caller is; for a browser's session also an anti-forgery token.");
        account.MapPut("/language", PutLanguage).Require(Role.Viewer, Reach.Everybody).WithSummary("Sets the language of the caller's pages.");
        account.MapPost("/password", ChangePasswordAsync).Require(Role.Viewer, Reach.Everybody)
            .WithSummary("Changes the caller's own password; all their other sessions end.");
        account.MapDelete("/sessions", EndSessionsAsync).Require(Role.Viewer, Reach.Everybody)
            .WithSummary("Ends the caller's other sessions and all their refresh tokens; API tokens stay.");
    }

    private static async Task<IResult> Me(HttpContext http, Caller caller, UserDirectory users, IAntiforgery forgery)
    {
        http.Response.Headers.CacheControl = "no-store";
        var user = UserOf(caller, users);
        return Results.Ok(new
        {
            name = caller.Principal.Name,
            displayName = user?.DisplayName,
            role = RoleName.Of(caller.Principal.Role),
            customerId = caller.Scope.CustomerId,
            language = user?.Language,
            forgeryToken = (await RequestIdentity.OfAsync(http)).IsCookie ? forgery.GetAndStoreTokens(http).RequestToken : null,
        });
    }

    private static IResult PutLanguage(LanguageBody body, Caller caller, UserDirectory users)
    {
        if (UserOf(caller, users) is not { } user)
            return NoUser();
        if (UserBody.LanguageProblem(body.Language) is { } wrong)
            return Problem.Invalid(wrong);
        users.Change(user.Name, u => u with { Language = body.Language });
        return Results.NoContent();
    }

    private static async Task<IResult> ChangePasswordAsync(
        PasswordBody body, HttpContext http, Caller caller, UserDirectory users, AccountDesk desk, CancellationToken cancellation)
    {
        if (UserOf(caller, users) is not { } user)
            return NoUser();
        var answer = await desk.ChangePasswordAsync(http, caller, user.Name, body.Current, body.New, cancellation);
        return answer.Outcome switch
        {
            PasswordOutcome.Done => Results.NoContent(),
            PasswordOutcome.Limited => SignInProblem.TooMany(http, answer.RetryAfter ?? TimeSpan.Zero),
            PasswordOutcome.Wrong => Problem.Of(StatusCodes.Status400BadRequest, "wrong-password", answer.Detail),
            _ => Problem.Of(StatusCodes.Status400BadRequest, "weak-password", answer.Detail),
        };
    }

    /// <summary>A token must not end what its user has open elsewhere.</summary>
    private static async Task<IResult> EndSessionsAsync(HttpContext http, Caller caller, UserDirectory users, AccountDesk desk)
    {
        if (UserOf(caller, users) is not { } user)
            return NoUser();
        if (caller.Principal.IsApiToken)
            return Problem.Forbidden("Only a user who is signed in, by the page or with an access token, ends their sessions.");
        await desk.EndOtherSessionsAsync(http, caller, user.Name);
        return Results.NoContent();
    }

    private static User? UserOf(Caller caller, UserDirectory users) =>
        caller.Principal.UserName is { } name && users.TryGet(name, out var entry) ? entry.User : null;

    private static IResult NoUser() => Problem.Invalid("The request comes from no user: nobody is signed in, or it carries a token of the configuration.");

    private sealed record LanguageBody(string? Language);

    private sealed record PasswordBody(string? Current, string? New)
    {
        public override string ToString() => nameof(PasswordBody);
    }
}
