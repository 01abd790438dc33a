using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Garam.Web.Alarms;
using Garam.Web.Assets;
using Garam.Web.Devices;
using Garam.Web.Fire;
using Garam.Web.Fleet;
using Garam.Web.Home;
using Garam.Web.Letters;
using Garam.Web.Live;
using Garam.Web.Manage;
using Garam.Web.People;
using Garam.Web.Plumbing;
using Garam.Web.Products;
using Garam.Web.Rules;
using Garam.Web.Shell;
using Garam.Web.SignIn;
using Garam.Web.Visits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Garam.Web;

/// <summary>The pages people see, put into the host beside the node's own endpoints.</summary>
public static class WebPages
{
    /// <summary>After the node's own services, which bring sessions and the keys that sign forms, and beside those of the packs that have pages.</summary>
    public static void AddGaramWeb(this IServiceCollection services)
    {
        services.AddRazorComponents();
        // Korean stands in the pages as itself; what HTML gives a meaning is still escaped.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddHttpContextAccessor();
        services.AddResponseCompression(compression =>
        {
            // Pages hold no secret that an attacker could guess by their size: the token in forms is masked anew in each answer.
            compression.EnableForHttps = true;
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        // Before the framework's own writer: the first that can write does.
        services.AddSingleton<IProblemDetailsWriter, PageProblems>();
        services.AddScoped<Visit>();
        services.AddSingleton<OpenAlarms>();
        services.AddSingleton<RuleLimits>();
        services.AddSingleton<FleetView>();
        services.AddSingleton<Readings>();
        services.AddSingleton<CardDeck>();
        services.AddSingleton<FleetPulse>();
        services.AddSingleton<PlumbingView>();
        services.AddSingleton<FireView>();
        services.AddHostedService<Rehearsal>();
        services.AddScoped<ProductDesk>();
        services.AddScoped<RuleOrders>();
    }

    /// <summary>What stands before the endpoints. After the host's exception handler, so that a page's error is a page.</summary>
    public static void UseGaramWeb(this IApplicationBuilder app)
    {
        app.UseResponseCompression();
        app.Use(next => http => SecurityHeaders.AddAsync(http, next));
        app.Use(next => http => ErrorPages.ShowAsync(http, next));
        app.UseRouting();
        app.UseAntiforgery();
    }

    public static void MapGaramWeb(this IEndpointRouteBuilder routes)
    {
        routes.MapAssets();
        routes.MapManifest();
        routes.MapPreferences();
        routes.MapLive();
        routes.MapHome();
        routes.MapDevicePages();
        routes.MapAlarmPages();
        routes.MapFirePages();
        routes.MapLetterPages();
        routes.MapPipelinePage();
        routes.MapRulePages();
        routes.MapProductPages();
        routes.MapSignInPages();
        routes.MapDeviceManagement();
        routes.MapSiteManagement();
        routes.MapUserPages();
        routes.MapAccountPages();
        routes.MapAuditPage();
    }
}
