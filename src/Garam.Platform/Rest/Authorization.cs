using Garam.Platform.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Garam.Platform.Rest;

/// <summary>Who may call an endpoint.</summary>
public static class Authorization
{
    private const string BearerPrefix = "Bearer ";

    /// <summary>Answers 401 without a valid token and 403 with one of too small a role.</summary>
    public static TBuilder Require<TBuilder>(this TBuilder endpoint, Role role)
        where TBuilder : IEndpointConventionBuilder
    {
        return endpoint.AddEndpointFilter<TBuilder>(async (context, next) =>
        {
            var guard = context.HttpContext.RequestServices.GetRequiredService<AccessGuard>();
            var principal = guard.FromToken(Token(context.HttpContext.Request));
            if (principal is null)
                return Problem.Unauthorized();
            return principal.May(role)
                ? await next(context)
                : Problem.Forbidden($"'{principal.Name}' may not do this; the role {role.ToString().ToLowerInvariant()} is needed.");
        });
    }

    /// <summary>The bearer token of a request, or null.</summary>
    public static string? Token(HttpRequest request)
    {
        string? header = request.Headers.Authorization;
        return header is not null && header.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase) ? header[BearerPrefix.Length..].Trim() : null;
    }
}
