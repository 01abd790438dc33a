using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Garam.Hosting;
using Garam.Platform.Configuration;
using Garam.Platform.Devices;
using Garam.Platform.Ingress;
using Garam.Platform.Packs;
using Garam.Simulate;

namespace Garam.Tests.Fire;

/// <summary>The whole program in this process with the pack <c>fire</c>, and its devices played in the minutes up to now.</summary>
internal sealed class FireNode : IAsyncDisposable
{
    private readonly string _folder;
    private readonly NodeHost _host;
    private readonly HttpClient _http;

    private FireNode(string folder, NodeHost host)
    {
        _folder = folder;
        _host = host;
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{host.EndPoints[0].Port}/") };
    }

    public static async Task<FireNode> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("garam-fire-").FullName;
        var options = new GaramOptions { Data = folder, Log = new LogStoreOptions { ReserveMegabytes = 0 } };
        options.Http.Port = options.Mqtt.Port = options.Tcp.Port = 0;
        return new FireNode(folder, await NodeHost.StartAsync(options, PackFolder.Find(Path.GetFullPath("../../../packs", Path.GetDirectoryName(Here())!), ["fire"], out _)));
    }

    /// <summary>Plays a profile: one message of each device every two seconds, the last of them so long ago (now).</summary>
    public async Task PlayAsync(string profile, int devices, TimeSpan length, TimeSpan endedAgo = default)
    {
        var simulator = PackSimulators.Create("fire", devices, profile, seed: 5);
        foreach (var device in simulator.Devices)
        {
            DeviceId.TryParse(device.Id, out var id, out _).ShouldBeTrue();
            _host.Node.Registry.Put(new Site(device.Site, null, device.Site));
            _host.Node.Registry.Put(id, d => d with { ProductId = device.ProductId, SiteId = device.Site });
        }

        var end = DateTimeOffset.UtcNow - endedAgo;
        for (var at = end - length; at <= end; at += TimeSpan.FromSeconds(2))
        {
            for (var source = 0; source < simulator.SourceCount; source++)
            {
                if (simulator.Next(source, at) is { } message)
                    await SendAsync(message, at);
            }
        }

        await Until.True(() => Task.FromResult(_host.Node.Pipeline.Progress.Lag == 0), () => "everything is processed");
        await _host.Node.Alarms.FlushAsync(CancellationToken.None);
    }

    public async Task<JsonElement> GetAsync(string path) => await _http.GetFromJsonAsync<JsonElement>(path);

    public Task<HttpResponseMessage> AskAsync(string path) => _http.GetAsync(new Uri(path, UriKind.Relative));

    /// <summary>Waits until alarms of all these rules have been raised.</summary>
    public async Task RaisedAsync(params string[] rules)
    {
        var seen = new HashSet<string>();
        await Until.True(
            async () =>
            {
                var alarms = await GetAsync("api/v1/alarms?product=fire-detector&limit=1000");
                seen.UnionWith(alarms.GetProperty("items").EnumerateArray().Select(a => a.GetProperty("rule").GetString()!));
                return rules.All(seen.Contains);
            },
            () => $"alarms of {string.Join(", ", rules.Except(seen))}; there are {string.Join(", ", seen.Order())}");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Here([CallerFilePath] string path = "") => path;

    private async Task SendAsync(SimulatedMessage message, DateTimeOffset at)
    {
        var node = _host.Node;
        var route = node.Packs.Current.Routes.Match(message.Topic, out var device, out var hub).ShouldNotBeNull();
        var source = node.Gate.NewSource(Protocol.Mqtt, route, device, hub, message.Topic);
        var text = Encoding.UTF8.GetString(message.Payload.Span);
        var payload = Encoding.UTF8.GetBytes($"{text[..^1]},\"timestamp\":\"{at:yyyy-MM-ddTHH:mm:ss.fffZ}\"}}");
        while (!node.Gate.TryAppend(source, payload, out _))
            await node.Gate.WaitForRoomAsync(CancellationToken.None);
    }
}
