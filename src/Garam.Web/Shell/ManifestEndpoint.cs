using Garam.Platform.Rest;
using Garam.Web.Assets;
using Garam.Web.Visits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Garam.Web.Shell;

/// <summary><c>GET /manifest.webmanifest</c>: what makes the pages installable.</summary>
internal static class ManifestEndpoint
{
    public static void MapManifest(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/manifest.webmanifest", Get).OpenToAll().ExcludeFromDescription();

    private static IResult Get(Visit visit) => Results.Json(
        new
        {
            name = visit["brand.long"],
            short_name = visit["brand"],
            lang = visit.Language,
            start_url = "/",
            id = "/",
            display = "standalone",
            background_color = "#f5f7fa",
            theme_color = "#0a66c2",
            icons = new object[]
            {
                new { src = AssetCatalog.Url("icon.svg"), sizes = "any", type = "image/svg+xml" },
                new { src = AssetCatalog.Url("icon-192.png"), sizes = "192x192", type = "image/png" },
                new { src = AssetCatalog.Url("icon-512.png"), sizes = "512x512", type = "image/png" },
                new { src = AssetCatalog.Url("icon-maskable.png"), sizes = "512x512", type = "image/png", purpose = "maskable" },
            },
        },
        contentType: "application/manifest+json");
}
