using Garam.Platform.Identity.SignIn;
using Garam.Platform.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Garam.Platform.Identity.Tokens;

/// <summary>Access and refresh tokens for programs that act for a person.</summary>
public static class AccessTokenEndpoints
{
    public static void MapAccessTokens(this IEndpointRouteBuilder routes)
    {
        var auth = routes.MapGroup("/api/v1/auth").WithTags("identity");
        auth.MapPost("/token", TokenAsync).OpenToAll().WithSummary("Name and password for an access token (15 minutes) and a refresh token (30 days).");
        auth.MapPost("/refresh", Refresh).OpenToAll().WithSummary("Uses a refresh token up for the next pair; one that comes twice ends its family.");
        auth.MapPost("/revoke", Revoke).OpenToAll().WithSummary("Ends a refresh token and all that came from the same sign-in.");
        auth.MapGet("/keys", (AccessTokens tokens) => Results.Ok(new { keys = tokens.PublicKeys() })).OpenToAll()
            .WithSummary("The public keys that check access tokens, as a JSON Web Key Set; empty with HS256.");
    }

    private static async Task<IResult> TokenAsync(
        SignInBody body, HttpContext http, SignInDesk desk, AccessTokens access, RefreshTokens refresh, CancellationToken cancellation)
    {
        var result = await desk.TryAsync(body.Name, body.Password, http.Connection.RemoteIpAddress, cancellation);
        if (result.RetryAfter is { } wait)
            return SignInProblem.TooMany(http, wait);
        return result.User is { } user ? Pair(http, access.Issue(user), refresh.Issue(user)) : SignInProblem.Wrong();
    }

    private static IResult Refresh(RefreshBody body, HttpContext http, AccessTokens access, RefreshTokens refresh) =>
        refresh.Rotate(body.RefreshToken) is { } rotated
            ? Pair(http, access.Issue(rotated.User), rotated.Next)
            : Problem.Of(StatusCodes.Status401Unauthorized, "invalid-refresh-token", "The refresh token is unknown, used, expired or revoked. Sign in again.");

    private static IResult Revoke(RefreshBody body, RefreshTokens refresh)
    {
        refresh.Revoke(body.RefreshToken);
        return Results.NoContent();
    }

    /// <summary>The names of RFC 6749.</summary>
    private static IResult Pair(HttpContext http, string access, string refresh)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Results.Ok(new { access_token = access, token_type = "Bearer", expires_in = (int)AccessTokens.Lifetime.TotalSeconds, refresh_token = refresh });
    }

    private sealed record SignInBody(string? Name, string? Password)
    {
        public override string ToString() => nameof(SignInBody);
    }

    private sealed record RefreshBody([property: System.Text.Json.Serialization.JsonPropertyName("refresh_token")] string? RefreshToken)
    {
        public override string ToString() => nameof(RefreshBody);
    }
}
