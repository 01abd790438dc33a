using System.Security.Claims;
using Garam.Platform.Identity.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Garam.Platform.Identity.SignIn;

/// <summary>
/// Sessions of people: the framework's encrypted cookie, which holds the user's name and stamp and nothing else. Rights are looked up at every
/// request, so a cookie whose stamp is no longer the user's is worth nothing.
/// </summary>
public static class SessionCookie
{
    public const string Scheme = "garam";

    /// <summary>The request header that carries the anti-forgery token where no form field does.</summary>
    public const string ForgeryHeader = "RequestVerificationToken";

    private const string StampClaim = "stamp";

    internal static void AddTo(IServiceCollection services, GaramNode node)
    {
        // The keys are the session's secrets: in a folder of their own that only this account reads.
        services.AddDataProtection().SetApplicationName("garam").PersistKeysToFileSystem(new DirectoryInfo(node.Folder.Secret("cookie-keys")));
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "garam.forgery";
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.HeaderName = ForgeryHeader;
        });
        services.AddAuthentication(Scheme).AddCookie(Scheme, options =>
        {
            options.Cookie.Name = "garam.session";
            options.Cookie.HttpOnly = true;
            // Lax, so that the link in a notification opens signed in; changes need the anti-forgery token besides.
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.SlidingExpiration = true;
            options.ExpireTimeSpan = TimeSpan.FromHours(node.Options.Identity.SessionHours);
            options.TimeProvider = node.Time;
            options.Events.OnValidatePrincipal = ValidateAsync;
        });
    }

    /// <summary>Signs a user in on this response.</summary>
    /// <param name="remember">Keep the session when the browser is closed.</param>
    public static Task SignInAsync(HttpContext http, User user, bool remember)
    {
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user.Name), new Claim(ClaimTypes.Name, user.Name), new Claim(StampClaim, user.Stamp)], Scheme);
        return http.SignInAsync(Scheme, new ClaimsPrincipal(identity), new AuthenticationProperties { IsPersistent = remember });
    }

    public static Task SignOutAsync(HttpContext http) => http.SignOutAsync(Scheme);

    /// <summary>Who the request's cookie says it is, and when a stream on it should ask again; null without a valid one.</summary>
    internal static async Task<(Principal Principal, DateTimeOffset? AskAgain)?> ReadAsync(HttpContext http, AccessGuard guard)
    {
        var result = await http.AuthenticateAsync(Scheme);
        if (!result.Succeeded || Of(result.Principal, guard) is not { } principal)
            return null;
        http.User = result.Principal;
        // Just past half of its life the cookie is renewed by the next request: a page left open on a wall stays signed in.
        var (from, until) = (result.Properties.IssuedUtc, result.Properties.ExpiresUtc);
        return (principal, from is null || until is null ? null : from + ((until - from) / 2) + TimeSpan.FromSeconds(1));
    }

    private static Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        if (Of(context.Principal, context.HttpContext.RequestServices.GetRequiredService<AccessGuard>()) is not null)
            return Task.CompletedTask;
        context.RejectPrincipal();
        return context.HttpContext.SignOutAsync(Scheme);
    }

    private static Principal? Of(ClaimsPrincipal? claims, AccessGuard guard) =>
        claims?.FindFirst(ClaimTypes.NameIdentifier)?.Value is { } name && claims.FindFirst(StampClaim)?.Value is { } stamp ? guard.FromSession(name, stamp) : null;
}
