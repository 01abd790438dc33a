using Garam.Decoding;
using Garam.Platform.Packs;
using Garam.TimeSeries;

namespace Garam.Web.Fleet;

/// <summary>The newest values of devices, from memory.</summary>
internal sealed class Readings(TimeSeriesStore store)
{
    /// <summary>Numbers and booleans in order of first sight; the platform's own series are left out.</summary>
    public IReadOnlyList<Reading> Newest(string deviceId, Product? product)
    {
        if (store.FindGroup(deviceId) is not { } group)
            return [];
        var values = new List<NewestValue>();
        group.CopyNewest(values);
        var readings = new List<Reading>(values.Count);
        foreach (var value in values)
        {
            if (value.Name.StartsWith('$'))
                continue;
            var metric = Describe(product, value.Name);
            readings.Add(new Reading(
                value.Name, value.Value, value.Kind == SeriesKind.Boolean, metric?.Unit, metric?.ValidMin, metric?.ValidMax, value.TimeUs, value.IsSuspect));
        }

        return readings;
    }

    /// <summary>The newest texts: a mode's name, a level.</summary>
    public IReadOnlyList<NewestText> NewestTexts(string deviceId)
    {
        var texts = new List<NewestText>();
        store.FindGroup(deviceId)?.CopyNewestTexts(texts);
        return texts;
    }

    private static MetricDefinition? Describe(Product? product, string name) => product?.Decoder.Metrics.FirstOrDefault(m => m.Name == name);
}
