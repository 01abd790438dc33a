using Garam.Platform.Devices;

namespace Garam.Platform.Ingress;

/// <summary>Whose frames a TCP connection carries: one device's, or those of several that each frame names.</summary>
internal sealed class TcpSource(IngressSource? single, string channel)
{
    /// <summary>Devices remembered per gateway connection; a gateway has tens, a forger gets no more memory than this.</summary>
    private const int FieldDevicesMax = 4_096;

    private readonly Dictionary<string, IngressSource> _byField = new(StringComparer.Ordinal);

    public IngressSource? Single { get; set; } = single;

    public string Channel { get; } = channel;

    /// <summary>The rate limit that the last batch ran into; reading goes on when it has a token.</summary>
    public RateLimit? Over { get; set; }

    public IngressSource? ByField(string id, Func<DeviceId, IngressSource> create, out string? problem)
    {
        problem = null;
        if (_byField.TryGetValue(id, out var known))
            return known;
        if (!DeviceId.TryParse(id, out var device, out var wrong))
        {
            problem = wrong;
            return null;
        }

        if (_byField.Count >= FieldDevicesMax)
            _byField.Clear();
        return _byField[id] = create(device);
    }
}
