using System.Text;
using Garam.Platform.Devices;

namespace Garam.Platform.Ingress;

/// <summary>
/// Where messages of one device come from on one channel, resolved once and then used for every message: the record header made
/// beforehand, and the device's rate limit.
/// </summary>
public sealed class IngressSource
{
    /// <param name="device">As the sender says; whether it is a device's id is judged by the pipeline, which keeps what is not.</param>
    internal IngressSource(
        Protocol protocol, RouteKind kind, string device, string hub, string? product, string channel, RateLimit? rate,
        int port = -1, ReadOnlySpan<byte> csvHeader = default)
    {
        Device = device;
        Hub = hub;
        Protocol = protocol;
        Rate = rate;
        Header = RawRecord.Header(
            protocol, kind, Utf8(device), Utf8(hub), Utf8(product ?? ""), csvHeader, Encoding.UTF8.GetBytes(channel), port);
        DeviceHash = RawRecord.DeviceHashOf(Header);
    }

    public string Device { get; }

    /// <summary>Empty when the device speaks for itself.</summary>
    public string Hub { get; }

    internal Protocol Protocol { get; }

    internal byte[] Header { get; }

    internal uint DeviceHash { get; }

    /// <summary>What the gate last said of the device being disabled; null at first. Whoever writes an old one is corrected by the next message.</summary>
    internal DisabledDevices.Answer? Admission;

    /// <summary>Null when no limit is configured.</summary>
    internal RateLimit? Rate { get; }

    /// <summary>As the record holds it: at most 255 bytes; what is longer is no valid name and is told apart by its beginning.</summary>
    private static byte[] Utf8(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return bytes.Length <= byte.MaxValue ? bytes : bytes[..byte.MaxValue];
    }
}
