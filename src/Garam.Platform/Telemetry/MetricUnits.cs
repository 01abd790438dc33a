using Garam.Platform.Devices;
using Garam.Platform.Packs;

namespace Garam.Platform.Telemetry;

/// <summary>Units of a device's metrics, from the spec of its product.</summary>
internal sealed class MetricUnits
{
    private readonly Dictionary<string, string> _units = new(StringComparer.Ordinal);

    public MetricUnits(Device device, PackSet packs)
    {
        if (device.ProductId is null || !packs.TryGetProduct(device.ProductId, out var product))
            return;
        foreach (var metric in product.Decoder.Metrics)
        {
            if (metric.Unit is { } unit)
                _units[metric.Name] = unit;
        }
    }

    public string? this[string metric] => _units.GetValueOrDefault(metric);
}
