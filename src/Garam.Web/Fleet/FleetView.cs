using Garam.Platform.Alarms;
using Garam.Platform.Devices;
using Garam.Platform.Identity;
using Garam.Platform.Packs;

namespace Garam.Web.Fleet;

/// <summary>The devices and their conditions, as of now. Thread-safe; nothing is kept between calls.</summary>
internal sealed class FleetView(DeviceRegistry registry, PackCatalog packs, OpenAlarms alarms, TimeProvider time)
{
    /// <summary>All devices that are seen, in no order.</summary>
    public IEnumerable<FleetDevice> All(AccessScope scope)
    {
        var set = packs.Current;
        var nowUs = Platform.Rest.TimeParameter.ToUs(time.GetUtcNow());
        return registry.Devices.Where(entry => scope.Sees(entry.Current)).Select(entry => Of(entry, scope, set, nowUs));
    }

    /// <summary>A device; null when there is none, or none that is seen.</summary>
    public FleetDevice? Find(AccessScope scope, string id) =>
        scope.TryGet(registry, id, out var entry) ? Of(entry, scope, packs.Current, Platform.Rest.TimeParameter.ToUs(time.GetUtcNow())) : null;

    /// <summary>A site's name for people.</summary>
    public string SiteTitle(string site) => registry.FindSite(site)?.Title is { Length: > 0 } title ? title : site;

    private FleetDevice Of(DeviceEntry entry, AccessScope scope, PackSet packs, long nowUs)
    {
        var device = entry.Current;
        Product? product = null;
        if (device.ProductId is { } id)
            packs.TryGetProduct(id, out product);
        var periodMs = device.ExpectedPeriodMs ?? (long?)product?.Spec.ExpectedPeriod?.TotalMilliseconds;
        var alarm = alarms.WorstOf(device.Id.Value, scope);
        var freshness = DeviceStatus.At(nowUs, entry.LastSeenUs, periodMs) switch
        {
            DeviceStatus.Online => Condition.Normal,
            DeviceStatus.Stale => Condition.Stale,
            DeviceStatus.Offline => Condition.Offline,
            _ => Condition.Never,
        };
        // What needs a person stands before what is silent; who disabled a device has seen to it.
        var condition = device.IsDisabled ? Condition.Disabled : alarm?.Severity switch
        {
            Severity.Critical => Condition.Critical,
            Severity.High => Condition.High,
            Severity.Medium => Condition.Medium,
            _ => freshness,
        };
        return new FleetDevice(entry, product, FleetDevice.SiteOf(device), condition) { Alarm = alarm, IsConnected = freshness == Condition.Normal && !device.IsDisabled };
    }
}
