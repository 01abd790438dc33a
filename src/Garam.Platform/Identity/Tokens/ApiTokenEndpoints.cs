using Garam.Platform.Configuration;
using Garam.Platform.Identity.Audit;
using Garam.Platform.Identity.Users;
using Garam.Platform.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Garam.Platform.Identity.Tokens;

/// <summary>API tokens over REST: a person's own, and anybody's for administrators.</summary>
public static class ApiTokenEndpoints
{
    public static void MapApiTokens(this IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup("/api/v1/auth/tokens").WithTags("identity");
        own.MapGet("", (Caller caller, UserDirectory users) => OwnOr(caller, name => List(name, users)))
            .Require(Role.Viewer, Reach.Everybody).WithSummary("The caller's API tokens.");
        own.MapPost("", (TokenBody body, Caller caller, ApiTokenDesk desk, AuditTrail audit) => OwnOr(caller, name => Issue(name, body, caller, desk, audit)))
            .Require(Role.Viewer, Reach.Everybody).WithSummary("A new API token of the caller, shown this once.");
        own.MapDelete("/{id}", (string id, Caller caller, ApiTokenDesk desk, AuditTrail audit) => OwnOr(caller, name => Revoke(name, id, caller, desk, audit)))
            .Require(Role.Viewer, Reach.Everybody).WithSummary("Revokes one of the caller's API tokens.");

        var anybodys = routes.MapGroup("/api/v1/users/{name}/tokens").WithTags("identity");
        anybodys.MapGet("", (string name, UserDirectory users) => List(name, users)).Require(Role.Administrator).WithSummary("A user's API tokens.");
        anybodys.MapPost("", (string name, TokenBody body, Caller caller, ApiTokenDesk desk, AuditTrail audit) => Issue(name, body, caller, desk, audit))
            .Require(Role.Administrator).WithSummary("A new API token of a user, shown this once.");
        anybodys.MapDelete("/{id}", (string name, string id, Caller caller, ApiTokenDesk desk, AuditTrail audit) => Revoke(name, id, caller, desk, audit))
            .Require(Role.Administrator).WithSummary("Revokes a user's API token.");
    }

    /// <summary>A token must not make another one: it would outlive its own revocation, and could have more rights.</summary>
    private static IResult OwnOr(Caller caller, Func<string, IResult> answer) =>
        caller.Principal.UserName is { } name && !caller.Principal.IsApiToken
            ? answer(name)
            : Problem.Forbidden("Only a user who is signed in, by the page or with an access token, deals with their API tokens.");

    private static IResult List(string name, UserDirectory users) =>
        users.TryGet(name, out var entry) ? Results.Ok(new { items = entry.Tokens.Select(View) }) : Problem.NotFound($"There is no user '{name}'.");

    private static IResult Issue(string userName, TokenBody body, Caller caller, ApiTokenDesk desk, AuditTrail audit)
    {
        Role? role = null;
        if (body.Role is not null)
        {
            if (!RoleName.TryParse(body.Role, out var named))
                return Problem.Invalid($"role: '{body.Role}' does not exist. Use {string.Join(", ", RoleName.All)}.");
            role = named;
        }

        TimeSpan? lifetime = null;
        if (body.ExpiresIn is not null)
        {
            if (!DurationText.TryParse(body.ExpiresIn, out var time))
                return Problem.Invalid($"expiresIn: '{body.ExpiresIn}' is no duration. Write for example 90d.");
            lifetime = time;
        }

        if (desk.Issue(userName, body.Name, role, body.CustomerId, lifetime, out var token, out var issued) is { } wrong)
            return Problem.Invalid(wrong);
        audit.Record(caller, "token.add", $"{userName}/{issued!.Name}", issued.Told());
        return Results.Json(new { token, issued = View(issued) }, statusCode: StatusCodes.Status201Created);
    }

    private static IResult Revoke(string userName, string id, Caller caller, ApiTokenDesk desk, AuditTrail audit)
    {
        if (!desk.Revoke(userName, id))
            return Problem.NotFound($"'{userName}' has no token '{id}'.");
        audit.Record(caller, "token.revoke", userName, id);
        return Results.NoContent();
    }

    private static object View(ApiToken token) => new
    {
        id = token.Id,
        name = token.Name,
        role = RoleName.Of(token.Role),
        customerId = token.CustomerId,
        createdAt = TimeParameter.Format(token.CreatedUs),
        expiresAt = token.ExpiresUs is { } us ? TimeParameter.Format(us) : null,
    };

    private sealed record TokenBody(string? Name, string? Role, string? CustomerId, string? ExpiresIn);
}
