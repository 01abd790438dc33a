using Garam.Platform.Identity;
using Garam.Platform.Identity.Audit;

namespace Garam.Platform.Devices;

/// <summary>
/// Where administrators change sites and customers, by page and by REST alike: checked, done, and written into the trail.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public sealed class SiteDesk
{
    private const int TitleMax = 256;
    private const int CustomerIdMax = 128;

    private readonly DeviceRegistry _registry;
    private readonly AuditTrail _audit;

    internal SiteDesk(DeviceRegistry registry, AuditTrail audit)
    {
        _registry = registry;
        _audit = audit;
    }

    /// <summary>Adds or replaces a site.</summary>
    /// <param name="customerId">Null belongs to nobody.</param>
    public DeviceAnswer PutSite(Caller caller, string? id, string? customerId, string? title)
    {
        if (!DeviceId.TryParse(id, out _, out _))
            return new DeviceAnswer(DeviceOutcome.BadId, "A site's id is written as a device's.");
        if (title is { Length: > TitleMax } || customerId is { Length: > CustomerIdMax })
            return new DeviceAnswer(DeviceOutcome.Invalid, $"title has at most {TitleMax} and customerId at most {CustomerIdMax} characters.");
        _registry.Put(new Site(id!, customerId, title));
        _audit.Record(caller, "site.put", id!, $"customer {customerId}, title {title}");
        return new DeviceAnswer(DeviceOutcome.Done);
    }

    /// <summary>Adds or replaces a customer.</summary>
    public DeviceAnswer PutCustomer(Caller caller, string? id, string? title)
    {
        if (!DeviceId.TryParse(id, out _, out _))
            return new DeviceAnswer(DeviceOutcome.BadId, "A customer's id is written as a device's.");
        if (title is { Length: > TitleMax })
            return new DeviceAnswer(DeviceOutcome.Invalid, $"title has at most {TitleMax} characters.");
        _registry.Put(new Customer(id!, title));
        _audit.Record(caller, "customer.put", id!, $"title {title}");
        return new DeviceAnswer(DeviceOutcome.Done);
    }
}
