using Garam.Platform.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Garam.Web.Assets;

/// <summary><c>GET /assets/{file}</c>: files that never change, compressed when the build was made. Nothing in them is secret.</summary>
internal static class AssetEndpoint
{
    public static void MapAssets(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(AssetCatalog.Path + "{file}", Get).OpenToAll().ExcludeFromDescription();
        // Browsers ask for it whatever the page says.
        routes.MapGet("/favicon.ico", () => Results.Redirect(AssetCatalog.Url("icon.svg"))).OpenToAll().ExcludeFromDescription();
    }

    private static IResult Get(string file, HttpContext http)
    {
        if (!AssetCatalog.Serves(file))
            return Results.NotFound();
        var accepted = http.Request.Headers.AcceptEncoding.ToString();
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        http.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        foreach (var (encoding, suffix) in new[] { ("br", ".br"), ("gzip", ".gz") })
        {
            if (accepted.Contains(encoding, StringComparison.OrdinalIgnoreCase) && AssetCatalog.Open(file, suffix) is { } compressed)
            {
                http.Response.Headers.ContentEncoding = encoding;
                return Results.Stream(compressed, TypeOf(file));
            }
        }

        return Results.Stream(AssetCatalog.Open(file)!, TypeOf(file));
    }

    private static string TypeOf(string file) => Path.GetExtension(file) switch
    {
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        _ => "application/octet-stream",
    };
}
