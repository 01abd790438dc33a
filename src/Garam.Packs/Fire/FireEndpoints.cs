using Garam.Packs.Fire.Analytics;
using Garam.Packs.Fire.Board;
using Garam.Packs.Fire.Dashboard;
using Garam.Packs.Fire.Predictions;
using Garam.Packs.Fire.Rest;
using Garam.Platform.Devices;
using Garam.Platform.Packs;
using Garam.TimeSeries;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Garam.Packs.Fire;

/// <summary>Puts the pack's parts into the host's services, behind those of the node, and its endpoints on the host's routes.</summary>
public static class FireEndpoints
{
    public static void AddFirePack(this IServiceCollection services)
    {
        services.AddSingleton<SiteAnalysis>();
        services.AddSingleton<PredictionJournal>();
        services.AddSingleton<MessageRates>();
        services.AddSingleton<FireAlerts>();
        services.AddSingleton(all => new FireBoard(
            all.GetRequiredService<DeviceRegistry>(), all.GetRequiredService<PackCatalog>(), all.GetRequiredService<TimeSeriesStore>(),
            all.GetRequiredService<SiteAnalysis>(), all.GetRequiredService<MessageRates>(), all.GetRequiredService<TimeProvider>()));
        services.AddHostedService<FireMonitor>();
    }

    public static void MapFirePack(this IEndpointRouteBuilder routes)
    {
        routes.MapFireDashboard();
        routes.MapAnalysis();
    }
}
