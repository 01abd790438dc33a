using System.Text;
using Garam.Mqtt.Packets;
using Garam.Platform.Devices;
using Garam.Platform.Ingress;
using Garam.Simulate;

namespace Garam.Hosting;

/// <summary>
/// The small simulated fleet that <c>up</c> shows a newcomer: a few devices of every pack, whose messages go through the same gate as
/// those of real ones.
/// </summary>
internal sealed class DemoFleet : IAsyncDisposable
{
    private const int DevicesPerPack = 4;

    /// <summary>The profile in which something happens every few minutes, of packs that have one.</summary>
    private const string Story = "story";

    private const double MessagesPerSecond = 2;

    /// <summary>So long all is well before a story begins: time to open the dashboard.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stopping;
    private readonly Task _running;

    private DemoFleet(NodeHost host)
    {
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(host.Stopping);
        var names = host.Node.Packs.Current.Packs;
        _running = Task.WhenAll(PackSimulators.Packs.Where(names.Contains).Select(pack => RunAsync(host, pack)));
    }

    public static DemoFleet Start(NodeHost host) => new(host);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task RunAsync(NodeHost host, string pack)
    {
        var profile = PackSimulators.Profiles(pack).Contains(Story) ? Story : PackSimulators.Profiles(pack)[0];
        var simulator = PackSimulators.Create(pack, DevicesPerPack, profile, storyBegin: host.Node.Time.GetUtcNow() + Calm);
        foreach (var device in simulator.Devices)
            Register(host, device);
        var sources = new Dictionary<string, IngressSource>(StringComparer.Ordinal);
        await new SimulatedFleet(simulator, MessagesPerSecond, host.Node.Time)
            .RunAsync((topic, payload) => PublishAsync(host, sources, topic, payload), _stopping.Token);
    }

    private static void Register(NodeHost host, SimulatedDevice device)
    {
        if (!DeviceId.TryParse(device.Id, out var id, out _) || host.Node.Registry.TryGet(device.Id, out _))
            return;
        if (device.NeedsSite && host.Node.Registry.FindSite(device.Site) is null)
            host.Node.Registry.Put(new Site(device.Site, null, $"Demo: {device.Site}"));
        host.Node.Registry.Put(id, d => d with
        {
            ProductId = device.ProductId,
            HubId = device.HubId,
            Title = device.Title,
            SiteId = device.NeedsSite ? device.Site : null,
            Tags = new Dictionary<string, string> { ["demo"] = "true", ["site"] = device.Site },
        });
    }

    private async ValueTask PublishAsync(NodeHost host, Dictionary<string, IngressSource> sources, string topic, ReadOnlyMemory<byte> payload)
    {
        var node = host.Node;
        if (!sources.TryGetValue(topic, out var source))
        {
            if (node.Packs.Current.Routes.Match(topic, out var device, out var hub) is not { } route)
                return;
            sources[topic] = source = node.Gate.NewSource(Protocol.Mqtt, route, device, hub, topic);
        }

        while (!node.Gate.IsClosed && !node.Gate.TryAppend(source, payload.Span, out _))
            await node.Gate.WaitForRoomAsync(_stopping.Token);
        node.Broker.Publish(topic, payload.Span, QualityOfService.AtMostOnce, retain: false);
    }
}
