using Garam.Platform.Identity;
using Garam.Platform.Identity.SignIn;
using Garam.Platform.Identity.Users;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Garam.Platform.Rest;

/// <summary>Who may call an endpoint. Every endpoint says one of these; a test goes through all of them.</summary>
public static class Authorization
{
    private const string BearerPrefix = "Bearer ";

    /// <summary>
    /// Answers 401 without valid credentials and 403 with too small a role, before a byte of the body is read. Behind it a handler takes the
    /// <see cref="Caller"/> as a parameter. What a browser's session changes needs the anti-forgery token too.
    /// </summary>
    /// <param name="reach">Whose things the endpoint touches; those of the whole platform are refused to principals of one customer.</param>
    public static TBuilder Require<TBuilder>(this TBuilder endpoint, Role role, Reach reach = Reach.Platform)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoint.Add(builder =>
        {
            builder.Metadata.Add(new AccessRequirement(role, reach));
            var inner = builder.RequestDelegate ?? throw new InvalidOperationException($"{builder.DisplayName} has no handler to guard.");
            builder.RequestDelegate = http => EnterAsync(http, role, reach, inner);
        });
        return endpoint;
    }

    /// <summary>Anybody may call it: it tells nothing of devices, people or customers.</summary>
    public static TBuilder OpenToAll<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoint.Add(builder => builder.Metadata.Add(new AccessRequirement(null, Reach.Everybody)));
        return endpoint;
    }

    /// <summary>The handler checks credentials itself, as those for devices do.</summary>
    public static TBuilder ChecksCredentials<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoint.Add(builder => builder.Metadata.Add(new AccessRequirement(null, Reach.Customer)));
        return endpoint;
    }

    /// <summary>The bearer token of a request, or null.</summary>
    public static string? Token(HttpRequest request)
    {
        string? header = request.Headers.Authorization;
        return header is not null && header.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase) ? header[BearerPrefix.Length..].Trim() : null;
    }

    private static async Task EnterAsync(HttpContext http, Role role, Reach reach, RequestDelegate inner)
    {
        var identity = await RequestIdentity.OfAsync(http);
        if (identity.Principal is not { } principal)
        {
            await Challenge.AnswerAsync(http);
            return;
        }

        // Known to a refusal too: its page still belongs to somebody.
        var until = identity.AskAgain is { } again && !(principal.Until < again) ? again : principal.Until;
        http.Features.Set(new Caller(principal, http.Connection.RemoteIpAddress, until));
        if (await RefusalAsync(http, identity, principal, role, reach) is { } refusal)
        {
            await refusal.ExecuteAsync(http);
            return;
        }

        await inner(http);
    }

    private static async Task<IResult?> RefusalAsync(HttpContext http, RequestIdentity identity, Principal principal, Role role, Reach reach)
    {
        if (!principal.May(role))
            return Problem.Forbidden($"'{principal.Name}' may not do this; the role {RoleName.Of(role)} is needed.");
        if (reach == Reach.Platform && !principal.Scope.IsEverything)
            return Problem.Forbidden($"'{principal.Name}' sees the customer '{principal.Scope.CustomerId}' only; this concerns the whole platform.");
        if (identity.IsCookie && !IsSafe(http.Request.Method)
            && !await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http))
        {
            return Problem.Of(
                StatusCodes.Status403Forbidden, "forgery-token-missing",
                $"Changes by a signed-in browser need the anti-forgery token in the form or the header {SessionCookie.ForgeryHeader}; GET /api/v1/auth/me gives one.");
        }

        return null;
    }

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);
}
