using Garam.TimeSeries;

namespace Garam.Web.Fleet;

/// <summary>Makes cards. Reads newest values from memory and an hour of minutes from the store: about 50 µs a card.</summary>
internal sealed class CardDeck(FleetView fleet, Readings readings, RuleLimits limits, TimeSeriesStore store, TimeProvider time)
{
    private const int OthersMax = 2;

    public Card Card(FleetDevice device)
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
