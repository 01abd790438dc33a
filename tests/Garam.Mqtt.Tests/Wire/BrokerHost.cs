using System.Net;
using Garam.Mqtt.Broker;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Garam.Mqtt.Tests.Wire;

/// <summary>A broker on real sockets: a TCP port of the system's choice, and a WebSocket at /mqtt of another.</summary>
internal sealed class BrokerHost : IAsyncDisposable
{
    private readonly WebApplication application;

    private BrokerHost(MqttBroker broker, WebApplication application)
    {
        Broker = broker;
        this.application = application;
    }

    public MqttBroker Broker { get; }

    public int Port { get; private set; }

    public int HttpPort { get; private set; }

    public static async Task<BrokerHost> StartAsync(
        MqttOptions? options = null, IMqttAccess? access = null, IPublishGate? gate = null, TimeProvider? time = null, ILogger? logger = null)
    {
        var broker = new MqttBroker(
            options ?? new MqttOptions(), access ?? new RefusingAccess(), gate ?? OpenGate.Instance, time ?? TimeProvider.System,
            logger ?? NullLogger.Instance);
        broker.Start();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(broker);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseConnectionHandler<MqttConnectionHandler>());
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        var application = builder.Build();
        application.UseWebSockets();
        application.Map("/mqtt", async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync("mqtt");
            await broker.ServeWebSocketAsync(socket, null, null, context.RequestAborted);
        });
        var host = new BrokerHost(broker, application);
        await application.StartAsync();
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
            .Select(a => new Uri(a).Port).ToArray();
        (host.Port, host.HttpPort) = (addresses[0], addresses[1]);
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        await Broker.DisposeAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await application.StopAsync(limit.Token);
        await application.DisposeAsync();
    }
}
