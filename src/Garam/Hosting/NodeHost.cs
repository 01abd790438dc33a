using System.Net;
using Garam.Mqtt.Broker;
using Garam.Packs.Fire;
using Garam.Platform;
using Garam.Platform.Configuration;
using Garam.Platform.Ingress;
using Garam.Platform.Rest;
using Garam.Platform.Sql;
using Garam.Web;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Garam.Hosting;

/// <summary>A node behind Kestrel: HTTP, MQTT and TCP listeners of one process.</summary>
internal sealed class NodeHost : IAsyncDisposable
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(30);

    private readonly WebApplication _app;
    private readonly GaramNode _node;

    private NodeHost(WebApplication app, GaramNode node)
    {
        _app = app;
        _node = node;
    }

    public GaramNode Node => _node;

    /// <summary>Fires on Ctrl-C and SIGTERM.</summary>
    public CancellationToken Stopping => _app.Lifetime.ApplicationStopping;

    /// <summary>Where each listener listens, in the order HTTP, MQTT, MQTT over TLS, TCP, further TCP.</summary>
    public IReadOnlyList<IPEndPoint> EndPoints { get; private set; } = [];

    /// <summary>What requests are answered from.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Opens the node and starts listening.</summary>
    /// <exception cref="DataFolderException">The data folder cannot be used.</exception>
    /// <exception cref="ListenException">A port is in use or not allowed.</exception>
    public static async Task<NodeHost> StartAsync(GaramOptions options, IReadOnlyList<Platform.Packs.PackFolder> packs)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        Logs.Configure(builder.Logging);
        var node = GaramNode.Open(options, packs, InstalledPacks.Code, TimeProvider.System, LoggerFactory.Create(Logs.Configure));
        builder.Services.AddGaramNode(node);
        builder.Services.AddGaramWeb();
        builder.Services.AddFirePack();
        builder.Services.AddRequestDecompression();
        builder.Services.AddOpenApi("v1");
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull;
            json.SerializerOptions.Encoder = Platform.Telemetry.TelemetryJson.Encoder;
        });
        builder.Services.AddProblemDetails();
        // Believed from a proxy on this machine only, which is the framework's default: limits and the audit trail see who really asks.
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded => forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = DrainLimit);
        builder.WebHost.UseKestrelHttpsConfiguration();
        var listeners = new List<ListenOptions>();
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, options, node, listeners));

        var app = builder.Build();
        app.UseForwardedHeaders();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseGaramWeb();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(30), KeepAliveTimeout = TimeSpan.FromSeconds(30) });
        app.UseRequestDecompression();
        app.MapOpenApi("/openapi/{documentName}.json").OpenToAll();
        app.MapGaramNode();
        app.MapGaramWeb();
        app.MapFirePack();
        var host = new NodeHost(app, node);
        app.Lifetime.ApplicationStopping.Register(node.Gate.Close);
        try
        {
            await app.StartAsync();
        }
        catch (IOException e)
        {
            await host.DisposeAsync();
            throw new ListenException(e);
        }

        host.EndPoints = [.. listeners.Select(l => l.IPEndPoint!)];
        return host;
    }

    /// <summary>Serves until Ctrl-C or SIGTERM, then drains: what is acknowledged is stored when this returns.</summary>
    public async Task RunAsync()
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (Stopping.Register(stopping.SetResult))
            await stopping.Task;
        using var limit = new CancellationTokenSource(DrainLimit);
        // The listeners wait for their connections, and MQTT connections never end by themselves.
        var farewell = _node.Broker.DisposeAsync();
        await _app.StopAsync(limit.Token);
        await farewell;
        await _node.DrainAsync(limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _node.DisposeAsync();
    }

    private static void Listen(KestrelServerOptions kestrel, GaramOptions options, GaramNode node, List<ListenOptions> listeners)
    {
        var address = IPAddress.Parse(options.Bind);
        kestrel.AddServerHeader = false;
        // One byte more than is taken: the endpoint sees that it is too much, decompressed or not, and answers in its own words.
        kestrel.Limits.MaxRequestBodySize = options.Ingress.RequestBytesMax + 1L;
        kestrel.Listen(address, options.Http.Port, listen =>
        {
            Secure(listen, options);
            listeners.Add(listen);
        });
        kestrel.Listen(address, options.Mqtt.Port, listen =>
        {
            listen.Run(new MqttConnectionHandler(node.Broker).OnConnectedAsync);
            listeners.Add(listen);
        });
        if (options.Mqtt.TlsPort != 0)
        {
            kestrel.Listen(address, options.Mqtt.TlsPort, listen =>
            {
                Secure(listen, options);
                listen.Run(new MqttConnectionHandler(node.Broker).OnConnectedAsync);
                listeners.Add(listen);
            });
        }

        ListenTcp(kestrel, address, new TcpListenerOptions { Port = options.Tcp.Port }, node, listeners);
        foreach (var listener in options.Tcp.Listeners)
            ListenTcp(kestrel, address, listener, node, listeners);
    }

    private static void ListenTcp(KestrelServerOptions kestrel, IPAddress address, TcpListenerOptions listener, GaramNode node, List<ListenOptions> listeners)
    {
        TcpFraming.TryParse(listener.Framing, out var framing);
        kestrel.Listen(address, listener.Port, listen =>
        {
            var logger = listen.ApplicationServices.GetRequiredService<ILogger<TcpIngress>>();
            listen.Run(new TcpIngress(listener, framing, node.Gate, node.Guard, node.Time, node.TcpConnections, logger).OnConnectedAsync);
            listeners.Add(listen);
        });
    }

    private static void Secure(ListenOptions listen, GaramOptions options)
    {
        if (options.Http.Certificate is { } certificate && options.Http.Key is { } key)
            listen.UseHttps(System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPemFile(certificate, key));
    }
}
