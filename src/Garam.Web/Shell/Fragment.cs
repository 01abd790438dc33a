using Microsoft.AspNetCore.Http;

namespace Garam.Web.Shell;

/// <summary>Answers that are a page without script and a piece of one with it.</summary>
internal static class Fragment
{
    /// <summary>Whether a script asks, which puts the piece in its place itself.</summary>
    public static bool IsWanted(HttpRequest request) => request.Headers.ContainsKey("HX-Request") || request.Headers.ContainsKey("X-Fragment");
}
