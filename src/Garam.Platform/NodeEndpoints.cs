using Garam.Platform.Alarms;
using Garam.Platform.Alarms.Quiet;
using Garam.Platform.DeadLetters;
using Garam.Platform.Devices;
using Garam.Platform.Identity;
using Garam.Platform.Ingress;
using Garam.Platform.Notifications;
using Garam.Platform.Observability;
using Garam.Platform.Packs;
using Garam.Platform.Pipeline;
using Garam.Platform.Replay;
using Garam.Platform.Rules;
using Garam.Platform.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Garam.Platform;

/// <summary>Puts a node's parts into the host's services and its endpoints on the host's routes.</summary>
public static class NodeEndpoints
{
    public static void AddGaramNode(this IServiceCollection services, GaramNode node)
    {
        services.AddSingleton(node);
        services.AddSingleton(node.Options);
        services.AddSingleton(node.Time);
        services.AddSingleton(node.Registry);
        services.AddSingleton(node.Guard);
        services.AddCredentials(node);
        services.AddSingleton(new DeviceDesk(
            node.Registry, node.Packs, node.Credentials.Audit, id => node.Broker.Disconnect(principal => (principal as Principal)?.DeviceId == id), node.Time));
        services.AddSingleton(new SiteDesk(node.Registry, node.Credentials, node.Options.Identity));
        services.AddSingleton(node.Packs);
        services.AddSingleton(node.Rulesets);
        services.AddSingleton(node.RulesetAlarms);
        services.AddSingleton(node.BackTests);
        services.AddSingleton(node.BackTestDesk);
        services.AddSingleton(node.PackRecords);
        services.AddSingleton(node.Store);
        services.AddSingleton(node.Log);
        services.AddSingleton(node.Gate);
        services.AddSingleton(node.Pipeline);
        services.AddSingleton(node.DeadLetters);
        services.AddSingleton(node.Retry);
        services.AddSingleton(node.Replay);
        services.AddSingleton(node.Alarms);
        services.AddSingleton(node.AlarmStore);
        services.AddSingleton(node.Broker);
        services.AddSingleton(node.Stream);
        services.AddSingleton<RawReadings>();
        services.AddSingleton(node.Outbox);
        services.AddSingleton(node.Notifications);
        services.AddSingleton(node.Notifications.Stream);
        services.AddSingleton(new HttpSources(node.Gate));
        services.AddSingleton(new PrometheusText(new HashSet<string> { GaramMeter.Name, "System.Runtime" }));
    }

    public static void MapGaramNode(this IEndpointRouteBuilder routes)
    {
        routes.MapHealth();
        routes.MapHttpIngress();
        routes.MapWebSocketIngress();
        routes.MapMqttWebSocket();
        routes.MapDevices();
        routes.MapSites();
        routes.MapTelemetry();
        routes.MapRaw();
        routes.MapStream();
        routes.MapDeadLetters();
        routes.MapReplay();
        routes.MapNotifications();
        routes.MapProducts();
        routes.MapRulesets();
        routes.MapLedger();
        routes.MapCredentials();
        routes.MapAlarms();
        routes.MapQuietTimes();
    }
}
