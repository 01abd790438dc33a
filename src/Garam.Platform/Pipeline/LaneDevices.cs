using System.Text;
using Garam.Platform.Configuration;
using Garam.Platform.DeadLetters;
using Garam.Platform.Detection;
using Garam.Platform.Devices;
using Garam.Platform.Ingress;
using Garam.Platform.Packs;
using Garam.Platform.Rules;
using Garam.TimeSeries;

namespace Garam.Platform.Pipeline;

/// <summary>The devices of one lane: whose a message is, and what the lane keeps of them. Owned by the lane, not thread-safe.</summary>
internal sealed class LaneDevices(DeviceRegistry registry, PackCatalog packs, TimeSeriesStore store, DetectStage detect, GaramOptions options)
{
    /// <summary>Products under which one device may speak at the same time; a further one takes the place of the oldest.</summary>
    private const int SiblingsMax = 8;

    private readonly Dictionary<Utf8Name, LaneDevice> _byId = new(Utf8Name.Comparer.Instance);

    /// <summary>The detect stage of the lane.</summary>
    public DetectStage Detect => detect;

    /// <summary>Devices that rules look at, and the bytes of their windows.</summary>
    public (int Devices, long WindowBytes, long LateReadings) Windows()
    {
        var (devices, bytes, late) = (0, 0L, 0L);
        foreach (var first in _byId.Values)
        {
            for (var device = first; device is not null; device = device.Sibling)
            {
                devices += device.Detection is null ? 0 : 1;
                bytes += device.Detection?.Windows?.EstimatedBytes ?? 0;
                late += device.Detection?.Windows?.LateIgnored ?? 0;
            }
        }

        return (devices, bytes, late);
    }

    /// <summary>
    /// Looks at the clock for every device of this lane that a rule waits for.
    /// </summary>
    /// <param name="nowUs">Up to when everything received has been processed.</param>
    public void Tick(long nowUs)
    {
        foreach (var first in _byId.Values)
        {
            for (var device = first; device is not null; device = device.Sibling)
            {
                // A disabled device is silent because nothing is taken from it.
                if (device.Detection is { HasTimers: true } detection && !device.Entry.Removed && !device.Entry.Current.IsDisabled)
                    detect.Tick(detection, nowUs, device.Entry.AwaitedSinceUs);
            }
        }
    }

    /// <summary>The stored past of a device has changed: what detection remembers of it is taken up again.</summary>
    public void Refresh(string id)
    {
        var device = _byId.GetValueOrDefault(new Utf8Name(Encoding.UTF8.GetBytes(id)));
        for (; device is not null; device = device.Sibling)
            device.Refresh(detect);
    }

    /// <summary>Makes a device known to this lane before its first message, when a rule waits for it: it may stay silent for ever.</summary>
    public void Await(DeviceEntry entry)
    {
        var id = Encoding.UTF8.GetBytes(entry.Current.Id.Value);
        if (_byId.ContainsKey(new Utf8Name(id)) || entry.Current.ProductId is not { } name || !packs.Current.TryGetProduct(name, out var product))
            return;
        if (Bind([], entry, product, packs.Current, detect.Setting, null) is { } device)
            _byId[new Utf8Name(id)] = device;
    }

    /// <summary>The lane's view of the sender, made on first sight; or why there is none.</summary>
    public FlowResult Find(in RawRecord raw, out LaneDevice? device)
    {
        var lookup = _byId.GetAlternateLookup<ReadOnlySpan<byte>>();
        var current = packs.Current;
        var setting = detect.Setting;
        lookup.TryGetValue(raw.Device, out var first);
        device = first;
        while (device is not null && !device.IsFor(raw.Product))
            device = device.Sibling;
        if (device is not null && device.IsCurrent(current, setting))
            return default;
        var former = device;
        device = null;
        var failure = Resolve(raw, current, out var entry, out var product);
        if (entry is null || product is null)
            return failure;
        device = Bind(raw.Product.ToArray(), entry, product, current, setting, former);
        if (device is null)
            return FlowResult.Dead(DeadReason.RegistryFull, DeadDetail.StoreFull, product.Id);
        device.Sibling = Siblings(first, former);
        lookup[raw.Device] = device;
        return default;
    }

    private LaneDevice? Bind(byte[] routeProduct, DeviceEntry entry, Product product, PackSet current, RuleSetting setting, LaneDevice? former)
    {
        if (!store.TryGroup(entry.Current.Id.Value, out var group))
            return null;
        // A device that was deleted and came back is another one: its entry differs.
        var known = former is not null && former.Entry == entry && former.Product.Id == product.Id ? former.Detection : null;
        return new LaneDevice(entry, current, setting, product, routeProduct, group, detect.Attach(entry, product, group, setting, known));
    }

    /// <summary>The chain of a device without the one that is replaced, cut at its limit.</summary>
    private static LaneDevice? Siblings(LaneDevice? first, LaneDevice? replaced)
    {
        if (first is null || first == replaced)
            return first?.Sibling;
        var count = 2;
        for (var at = first; at.Sibling is not null; at = at.Sibling, count++)
        {
            if (count == SiblingsMax)
                at.Sibling = null;
            if (at.Sibling is null || at.Sibling == replaced)
            {
                at.Sibling = at.Sibling?.Sibling;
                break;
            }
        }

        return first;
    }

    private FlowResult Resolve(in RawRecord raw, PackSet current, out DeviceEntry? entry, out Product? product)
    {
        product = null;
        var id = RawRecord.Text(raw.Device);
        var named = RawRecord.Text(raw.Product);
        if (!registry.TryGet(id, out entry))
        {
            if (!DeviceId.TryParse(id, out var device, out var problem))
                return FlowResult.Dead(DeadReason.InvalidDevice, DeadDetail.Text(DeadDetail.InvalidDevice, id, problem));
            if (!options.OpenRegistration)
                return FlowResult.Dead(DeadReason.UnknownDevice, DeadDetail.Text(DeadDetail.ClosedRegistration, id));
            if (named.Length == 0)
                return FlowResult.Dead(DeadReason.UnknownDevice, DeadDetail.Text(DeadDetail.NoProductNamed, id));
            if (!current.TryGetProduct(named, out _))
                return FlowResult.Dead(DeadReason.UnknownProduct, DeadDetail.Text(DeadDetail.NoPackForRoute, named), named);
            entry = registry.GetOrRegister(device, named, raw.Hub.IsEmpty ? null : RawRecord.Text(raw.Hub));
            if (entry is null)
                return FlowResult.Dead(DeadReason.RegistryFull, DeadDetail.RegistryFull, named);
        }

        var productId = named.Length > 0 ? named : entry.Current.ProductId;
        if (productId is null)
            return FlowResult.Dead(DeadReason.UnknownProduct, DeadDetail.Text(DeadDetail.NoProduct, id));
        return current.TryGetProduct(productId, out product)
            ? default
            : FlowResult.Dead(DeadReason.UnknownProduct, DeadDetail.Text(DeadDetail.NoPack, productId), productId);
    }
}
