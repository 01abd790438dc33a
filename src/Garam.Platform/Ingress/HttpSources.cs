using System.Collections.Concurrent;
using Garam.Platform.Devices;

namespace Garam.Platform.Ingress;

/// <summary>Sources of messages by HTTP and WebSocket, kept between requests for their rate limits.</summary>
public sealed class HttpSources(LogGate gate)
{
    /// <summary>Beyond this the table starts anew: it only saves work, and must not grow with invented identities.</summary>
    private const int SourcesMax = 16_384;

    private readonly ConcurrentDictionary<(Protocol Protocol, string Device, string? Product, int Port), IngressSource> _sources = new();

    public IngressSource Get(Protocol protocol, DeviceId device, string? product, int port)
    {
        var key = (protocol, device.Value, product, port);
        if (_sources.TryGetValue(key, out var known))
            return known;
        if (_sources.Count >= SourcesMax)
            _sources.Clear();
        var channel = protocol == Protocol.Http ? "http:/api/v1/ingest" : "ws:/ws/ingest";
        return _sources[key] = new IngressSource(protocol, RouteKind.Telemetry, device.Value, "", product, channel, gate.NewRateLimit(), port);
    }
}
