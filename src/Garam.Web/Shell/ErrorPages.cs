using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Garam.Web.Shell;

/// <summary>A person's browser that asks for something that is not there, not allowed or broken gets a page, not a bare status or JSON.</summary>
internal static class ErrorPages
{
    private const string ApiPath = "/api";

    public static async Task ShowAsync(HttpContext http, RequestDelegate next)
    {
        if (!IsPerson(http.Request))
        {
            await next(http);
            return;
        }

        try
        {
            await next(http);
        }
        catch (Exception e) when (e is not OperationCanceledException && !http.Response.HasStarted)
        {
            http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Garam.Web").LogError(e, "The page {Path} failed; trace {Trace}", http.Request.Path, http.TraceIdentifier);
            http.Response.Clear();
            await PageResult.Of<ErrorPage>(new { Status = StatusCodes.Status500InternalServerError, Detail = http.TraceIdentifier }, StatusCodes.Status500InternalServerError).ExecuteAsync(http);
            return;
        }

        if (http.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null })
            await PageResult.Of<ErrorPage>(new { Status = http.Response.StatusCode }, http.Response.StatusCode).ExecuteAsync(http);
    }

    /// <summary>Whether a page would be understood: a navigation to anything but the REST interface.</summary>
    public static bool IsPerson(HttpRequest request) =>
        !request.Path.StartsWithSegments(ApiPath, StringComparison.Ordinal)
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
