using System.Diagnostics.CodeAnalysis;
using Garam.Platform.Devices;

namespace Garam.Platform.Identity;

/// <summary>
/// Which devices somebody sees: all, or those at the sites of one customer. Everything that shows or touches a device asks here; what is not
/// seen is answered as if it did not exist.
/// </summary>
/// <remarks>Thread-safe. It looks at the registry at every question, so a device that moves to another site changes hands at once.</remarks>
public sealed class AccessScope
{
    public static readonly AccessScope Everything = new(null, null);

    private readonly DeviceRegistry? _registry;

    private AccessScope(string? customerId, DeviceRegistry? registry)
    {
        CustomerId = customerId;
        _registry = registry;
    }

    /// <summary>The one customer whose devices are seen; null sees all.</summary>
    public string? CustomerId { get; }

    public bool IsEverything => CustomerId is null;

    /// <param name="customerId">Null sees all.</param>
    public static AccessScope Of(string? customerId, DeviceRegistry registry) => customerId is null ? Everything : new AccessScope(customerId, registry);

    public bool Sees(Device device) => CustomerId is null || SeesSite(device.SiteId);

    /// <summary>Whether a device of this id is registered and seen; an unknown one is seen only by those who see everything.</summary>
    public bool SeesDevice(string deviceId) => CustomerId is null || (_registry!.TryGet(deviceId, out var entry) && Sees(entry.Current));

    /// <summary>A device or anything else without a site belongs to no customer.</summary>
    public bool SeesSite(string? siteId) => CustomerId is null || SeesCustomer(_registry!.FindSite(siteId)?.CustomerId);

    /// <summary>For what carries its customer itself, as an alarm does. Null is nobody's, and seen only by those who see everything.</summary>
    public bool SeesCustomer(string? customerId) => CustomerId is null || CustomerId == customerId;

    /// <summary>The device, when it is registered and seen.</summary>
    public bool TryGet(DeviceRegistry registry, string deviceId, [NotNullWhen(true)] out DeviceEntry? entry)
    {
        if (registry.TryGet(deviceId, out entry) && Sees(entry.Current))
            return true;
        entry = null;
        return false;
    }
}
