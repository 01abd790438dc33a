using System.Globalization;
using Garam.Platform.Identity.Audit;
using Garam.Platform.Identity.Users;
using Garam.Platform.Rest;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Garam.Platform.Identity.SignIn;

/// <summary>
/// Signing in and out, and making the first administrator, by plain forms; the pages that hold the forms are elsewhere. A failed form goes back
/// to its page with <c>?problem=</c>: <c>wrong</c>, <c>limited</c> (and <c>seconds</c>), <c>expired</c>, <c>token</c>, <c>name</c> or <c>password</c>.
/// </summary>
public static class SignInEndpoints
{
    private const string SignInPage = "/sign-in";
    private const string SetupPage = "/setup";

    /// <summary>A name, a password, a token and an address to return to.</summary>
    private const int FormBytesMax = 16 * 1024;

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(SignInPage, SignInAsync).OpenToAll().ExcludeFromDescription();
        routes.MapPost("/sign-out", SignOutAsync).OpenToAll().ExcludeFromDescription();
        routes.MapPost(SetupPage, SetUpAsync).OpenToAll().ExcludeFromDescription();
    }

    /// <summary>Fields: <c>name</c>, <c>password</c>, <c>remember</c>, <c>returnUrl</c> and the anti-forgery token.</summary>
    private static async Task<IResult> SignInAsync(HttpContext http, SignInDesk desk, IAntiforgery forgery, CancellationToken cancellation)
    {
        if (await FormAsync(http, forgery, cancellation) is not { } form)
            return Back(SignInPage, "expired", null);
        var returnUrl = ReturnAddress.Of(form["returnUrl"]);
        var result = await desk.TryAsync(form["name"], form["password"], http.Connection.RemoteIpAddress, cancellation);
        if (result.RetryAfter is { } wait)
            return Back(SignInPage, "limited", returnUrl, wait);
        if (result.User is not { } user)
            return Back(SignInPage, "wrong", returnUrl);
        await SessionCookie.SignInAsync(http, user, form["remember"].Count > 0);
        return new SeeOther(returnUrl);
    }

    private static async Task<IResult> SignOutAsync(HttpContext http, IAntiforgery forgery, CancellationToken cancellation)
    {
        // Without the token another site could only sign a person out; it still shall not.
        if (await FormAsync(http, forgery, cancellation) is null)
            return Back(SignInPage, "expired", null);
        await SessionCookie.SignOutAsync(http);
        return new SeeOther(SignInPage);
    }

    /// <summary>Fields: <c>token</c>, <c>name</c>, <c>password</c> and the anti-forgery token.</summary>
    private static async Task<IResult> SetUpAsync(
        HttpContext http, SetupToken setup, AttemptLimits limits, UserDirectory users, Passwords passwords, AuditTrail audit, IAntiforgery forgery,
        CancellationToken cancellation)
    {
        if (await FormAsync(http, forgery, cancellation) is not { } form)
            return Back(SetupPage, "expired", null);
        if (!setup.IsValid)
            return new SeeOther(SignInPage);
        var address = http.Connection.RemoteIpAddress;
        if (!limits.TryTake(SetupPage, address, out var wait))
            return Back(SetupPage, "limited", null, wait);
        if (!setup.Matches(form["token"]))
            return Back(SetupPage, "token", null);
        limits.Forgive(SetupPage, address);
        if (!UserName.TryParse(form["name"], out var name))
            return Back(SetupPage, "name", null);
        if (PasswordRules.Problem(form["password"], name) is not null)
            return Back(SetupPage, "password", null);
        if (users.Add(name, null, passwords.Hash(form["password"]!), Role.Administrator, null, null) != UserOutcome.Done || !users.TryGet(name, out var entry))
            return Back(SetupPage, "name", null);
        audit.Record("setup token", address?.ToString(), "user.add", name, "role administrator");
        await SessionCookie.SignInAsync(http, entry.User, remember: false);
        return new SeeOther("/");
    }

    private static async Task<IFormCollection?> FormAsync(HttpContext http, IAntiforgery forgery, CancellationToken cancellation)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = FormBytesMax;
        http.Response.Headers.CacheControl = "no-store";
        if (!http.Request.HasFormContentType)
            return null;
        try
        {
            var form = await http.Request.ReadFormAsync(cancellation);
            return await forgery.IsRequestValidAsync(http) ? form : null;
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }

    /// <summary>303: the browser asks for the page, and reloading it sends nothing again.</summary>
    private static IResult Back(string page, string problem, string? returnUrl, TimeSpan? wait = null)
    {
        var query = $"?problem={problem}";
        if (wait is { } time)
            query += string.Create(CultureInfo.InvariantCulture, $"&seconds={Math.Ceiling(time.TotalSeconds):0}");
        if (returnUrl is not null and not "/")
            query += $"&returnUrl={Uri.EscapeDataString(returnUrl)}";
        return new SeeOther(page + query);
    }

    private sealed class SeeOther(string location) : IResult
    {
        public Task ExecuteAsync(HttpContext http)
        {
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            http.Response.Headers.Location = location;
            return Task.CompletedTask;
        }
    }
}
