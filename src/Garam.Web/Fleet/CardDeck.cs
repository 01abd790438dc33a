using System.Collections.Concurrent;
using Garam.TimeSeries;

namespace Garam.Web.Fleet;

/// <summary>
/// Makes cards. Reads newest values from memory and an hour of minutes from the store: about 50 µs a card, once for all pages that show it.
/// Thread-safe: a race makes one twice.
/// </summary>
internal sealed class CardDeck(FleetView fleet, Readings readings, RuleLimits limits, TimeSeriesStore store, TimeProvider time)
{
    private const int OthersMax = 2;

    /// <summary>Cards kept, some 2 KB each.</summary>
    private const int KeptMax = 10_000;

    /// <summary>The bars move on with the clock, a minute at a time.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, (long At, int Values, Card Card)> _kept = new(StringComparer.Ordinal);

    public Card Card(FleetDevice device) => Card(device, readings.Fingerprint(device));

    /// <param name="values">The fingerprint of its newest values.</param>
    public Card Card(FleetDevice device, int values)
    {
        var now = time.GetTimestamp();
        if (_kept.TryGetValue(device.Id, out var kept) && kept.Values == values && kept.Card.Of == device && time.GetElapsedTime(kept.At, now) < Fresh)
            return kept.Card;
        if (_kept.Count >= KeptMax)
            _kept.Clear();
        var card = Make(device);
        _kept[device.Id] = (now, values, card);
        return card;
    }

    private Card Make(FleetDevice device)
    {
        var newest = readings.Newest(device.Id, device.Product);
        var main = MainMetric.Of(newest, device.Device.Tags);
        var hour = main is null ? [] : LastHour.Of(store, device.Id, main.Metric, Platform.Rest.TimeParameter.ToUs(time.GetUtcNow()));
        return new Card(
            device,
            fleet.SiteTitle(device.Site),
            main,
            main is null ? null : GaugeScale.Of(main, hour, limits.Of(device.Device.ProductId, main.Metric).High),
            hour,
            main is null ? readings.NewestTexts(device.Id).Select(t => (NewestText?)t).FirstOrDefault() : null,
            Others(newest, main));
    }

    private static List<Reading> Others(IReadOnlyList<Reading> newest, Reading? main) =>
        main is null ? [] : [.. newest.Where(r => r.Metric != main.Metric && !r.IsBoolean && r.Unit is not null).Take(OthersMax)];
}
