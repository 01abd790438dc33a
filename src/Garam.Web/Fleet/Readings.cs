using Garam.Decoding;
using Garam.Platform.Packs;
using Garam.TimeSeries;

namespace Garam.Web.Fleet;

/// <summary>The newest values of devices, from memory.</summary>
internal sealed class Readings(TimeSeriesStore store)
{
    /// <summary>Numbers and booleans in the order of the spec; the platform's own series are left out.</summary>
    public IReadOnlyList<Reading> Newest(string deviceId, Product? product)
    {
        if (store.FindGroup(deviceId) is not { } group)
            return [];
        var values = new List<NewestValue>();
        group.CopyNewest(values);
        var described = Describe(product);
        return
        [
            .. values.Where(v => !v.Name.StartsWith('$'))
                .Select(v => (Value: v, Place: described.GetValueOrDefault(v.Name, (Index: int.MaxValue, Metric: null))))
                .OrderBy(v => v.Place.Index)
                .Select(v => new Reading(
                    v.Value.Name, v.Value.Value, v.Value.Kind == SeriesKind.Boolean, v.Place.Metric?.Unit, v.Place.Metric?.ValidMin, v.Place.Metric?.ValidMax,
                    v.Value.TimeUs, v.Value.IsSuspect)),
        ];
    }

    /// <summary>The newest texts: a mode's name, a level.</summary>
    public IReadOnlyList<NewestText> NewestTexts(string deviceId)
    {
        var texts = new List<NewestText>();
        store.FindGroup(deviceId)?.CopyNewestTexts(texts);
        return texts;
    }

    /// <summary>Another number when anything has come since: by values and times, so that a reading stored late counts too.</summary>
    public int Fingerprint(FleetDevice device)
    {
        var hash = default(HashCode);
        hash.Add(device.LastSeenUs);
        var values = new List<NewestValue>();
        store.FindGroup(device.Id)?.CopyNewest(values);
        foreach (var value in values)
        {
            hash.Add(value.TimeUs);
            hash.Add(value.Value);
        }

        return hash.ToHashCode();
    }

    /// <summary>The metrics of a product by name. A unit that only messages bring stands behind the spec's own.</summary>
    private static Dictionary<string, (int Index, MetricDefinition? Metric)> Describe(Product? product)
    {
        var described = new Dictionary<string, (int Index, MetricDefinition? Metric)>(StringComparer.Ordinal);
        if (product is null)
            return described;
        for (var i = 0; i < product.Decoder.Metrics.Count; i++)
            described.TryAdd(product.Decoder.Metrics[i].Name, (i, product.Decoder.Metrics[i]));
        return described;
    }
}
