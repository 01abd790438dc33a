using Garam.Platform.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Garam.Web.Visits;

/// <summary>The switches of language and theme: forms that set a cookie and come back to the page.</summary>
internal static class PreferenceEndpoints
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    public static void MapPreferences(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/preferences/language", (HttpContext http, [FromForm] string value, [FromForm] string? back) =>
            VisitLanguage.Exists(value) ? Keep(http, VisitLanguage.Cookie, value, back) : Results.BadRequest()).OpenToAll().ExcludeFromDescription();
        routes.MapPost("/preferences/theme", (HttpContext http, [FromForm] string? value, [FromForm] string? back) =>
            value is null or "" or VisitTheme.Light or VisitTheme.Dark ? Keep(http, VisitTheme.Cookie, value ?? "", back) : Results.BadRequest())
            .OpenToAll().ExcludeFromDescription();
    }

    private static IResult Keep(HttpContext http, string cookie, string value, string? back)
    {
        http.Response.Cookies.Append(cookie, value, new CookieOptions
        {
            Path = "/",
            MaxAge = Kept,
            SameSite = SameSiteMode.Lax,
            HttpOnly = true,
            Secure = http.Request.IsHttps,
            IsEssential = true,
        });
        // Only within this site: an address of another one would make the switch a way to lead people astray.
        return Results.LocalRedirect(IsLocal(back) ? back! : "/");
    }

    private static bool IsLocal(string? path) => path is ['/', ..] and not ['/', '/' or '\\', ..] && !path.AsSpan().ContainsAny('\r', '\n');
}
