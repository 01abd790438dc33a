using Garam.Platform.Identity.Audit;
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
        PasswordBody body, HttpContext http, Caller caller, UserDirectory users, SignInDesk desk, Passwords passwords, AuditTrail audit, CancellationToken cancellation)
    {
        if (UserOf(caller, users) is not { } user)
            return NoUser();
        var identity = await RequestIdentity.OfAsync(http);
        var result = await desk.TryAsync(user.Name, body.Current, caller.Address, cancellation);
        if (result.RetryAfter is { } wait)
            return SignInProblem.TooMany(http, wait);
        if (result.User is null)
            return Problem.Of(StatusCodes.Status400BadRequest, "wrong-password", "current is not your password.");
        if (PasswordRules.Problem(body.New, user.Name) is { } wrong)
            return Problem.Of(StatusCodes.Status400BadRequest, "weak-password", wrong);
        var hash = passwords.Hash(body.New!);
        users.Change(user.Name, u => u with { PasswordHash = hash });
        audit.Record(caller, "user.password", user.Name);
        // The session that changed it goes on, under the new stamp.
        if (identity.IsCookie && users.TryGet(user.Name, out var entry))
            await SessionCookie.SignInAsync(http, entry.User, remember: false);
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
