using Garam.Packs.Fire.Risk;
using Garam.Platform.Devices;
using Garam.Platform.Rest;
using Garam.TimeSeries;

namespace Garam.Packs.Fire.Analytics;

/// <summary>Looks at devices with their neighbours: those of the same site and product. Thread-safe; reads the store only.</summary>
internal sealed class SiteAnalysis(DeviceRegistry registry, TimeSeriesStore store, TimeProvider time)
{
    /// <summary>Neighbours looked at: the analysis reads an hour of each. The first by id.</summary>
    public const int NeighboursMax = 20;

    /// <summary>Devices of a site that are paired: 200 make 19,900 pairs. The most at risk.</summary>
    public const int PairedMax = 200;

    private static readonly long HourUs = TimeSpan.FromHours(1).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>The devices of the product.</summary>
    public IEnumerable<Device> Devices => registry.Devices.Select(e => e.Current).Where(d => d.ProductId == FireMetric.Product);

    public DeviceAnalysis Of(Device device)
    {
        var nowUs = TimeParameter.ToUs(time.GetUtcNow());
        var samples = FireSamples.Read(store, device.Id.Value, nowUs - HourUs, nowUs + 1);
        return DeviceAnalysis.Of(device.Id.Value, samples, NeighboursOf(device, nowUs), nowUs);
    }

    /// <summary>The pairs of a site's devices that are worth a look; the riskiest first.</summary>
    public IReadOnlyList<DevicePair> Pairs(IEnumerable<Device> devices)
    {
        var states = devices.Select(d => DeviceState.Of(store, d.Id.Value)).Where(s => s.TimeUs > 0)
            .OrderByDescending(s => s.Risk).ThenBy(s => s.DeviceId, StringComparer.Ordinal).Take(PairedMax).ToList();
        var pairs = new List<DevicePair>();
        for (var i = 0; i < states.Count && states[i].Risk > 0.5; i++)
        {
            for (var j = i + 1; j < states.Count; j++)
            {
                if (DevicePair.Of(states[i], states[j]) is { } pair)
                    pairs.Add(pair);
            }
        }

        return pairs;
    }

    private List<SiteNeighbour> NeighboursOf(Device device, long nowUs)
    {
        if (device.SiteId is null)
            return [];
        var others = Devices.Where(d => d.SiteId == device.SiteId && d.Id != device.Id)
            .OrderBy(d => d.Id.Value, StringComparer.Ordinal).Take(NeighboursMax).ToList();
        if (others.Count == 0)
            return [];
        var (temperatures, risks) = (Minutes(device, FireMetric.Temperature), Minutes(device, FireMetric.Score));
        return others.ConvertAll(other =>
        {
            var state = DeviceState.Of(store, other.Id.Value);
            return new SiteNeighbour(
                other.Id.Value, state.Temperature, state.Risk,
                Correlation.Of(temperatures, Minutes(other, FireMetric.Temperature)), Correlation.Of(risks, Minutes(other, FireMetric.Score)));
        });

        Dictionary<long, double> Minutes(Device of, string metric) => Correlation.Minutes(store, of.Id.Value, metric, nowUs - HourUs, nowUs + 1);
    }
}
