using Garam.Platform.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Garam.Platform.Rest;

/// <summary>The answer to a request from nobody: a person's browser goes to the sign-in page and comes back after it, a program gets 401.</summary>
internal static class Challenge
{
    public static Task AnswerAsync(HttpContext http)
    {
        var request = http.Request;
        var page = http.RequestServices.GetRequiredService<AccessGuard>().NeedsSetup ? "/setup" : "/sign-in";
        // A fragment of an open page whose session has ended: htmx leaves the page.
        if (request.Headers.ContainsKey("HX-Request"))
        {
            var shown = Uri.TryCreate(request.Headers["HX-Current-URL"], UriKind.Absolute, out var current) ? current.PathAndQuery : "/";
            http.Response.Headers["HX-Redirect"] = With(page, shown);
            return Problem.Unauthorized().ExecuteAsync(http);
        }

        if (!HttpMethods.IsGet(request.Method) || request.Path.StartsWithSegments("/api") || !AcceptsPages(request))
            return Problem.Unauthorized().ExecuteAsync(http);
        http.Response.Redirect(With(page, request.Path + request.QueryString));
        return Task.CompletedTask;
    }

    private static bool AcceptsPages(HttpRequest request) => request.Headers.Accept.Any(a => a is not null && a.Contains("text/html", StringComparison.OrdinalIgnoreCase));

    private static string With(string page, string returnUrl) => $"{page}?returnUrl={Uri.EscapeDataString(returnUrl)}";
}
