using Garam.Platform.Configuration;
using Garam.Platform.Identity;
using Garam.Platform.Identity.Audit;
using Garam.Platform.Identity.Users;

namespace Garam.Platform.Devices;

/// <summary>
/// Where administrators change sites and customers, by page and by REST alike: checked, done, and written into the trail.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public sealed class SiteDesk
{
    private const int TitleMax = 256;
    private const int CustomerIdMax = 128;

    /// <summary>Ids named in a refusal; the rest is counted.</summary>
    private const int NamedMax = 5;

    private readonly DeviceRegistry _registry;
    private readonly UserDirectory _users;
    private readonly IdentityOptions _identity;
    private readonly AuditTrail _audit;

    internal SiteDesk(DeviceRegistry registry, Credentials credentials, IdentityOptions identity)
    {
        _registry = registry;
        _users = credentials.Users;
        _audit = credentials.Audit;
        _identity = identity;
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

    /// <summary>Removes a site on which no device stands.</summary>
    public DeviceAnswer RemoveSite(Caller caller, string id)
    {
        if (_registry.FindSite(id) is null)
            return new DeviceAnswer(DeviceOutcome.Unknown, $"There is no site '{id}'.");
        if (!_registry.RemoveSite(id))
        {
            var devices = _registry.Devices.Where(d => d.Current.SiteId == id).Select(d => d.Current.Id.Value).Order(StringComparer.Ordinal).ToList();
            return new DeviceAnswer(DeviceOutcome.InUse, $"The site '{id}' has {Counted("device", devices)}. Move or remove them first.");
        }

        _audit.Record(caller, "site.remove", id);
        return new DeviceAnswer(DeviceOutcome.Done);
    }

    /// <summary>Removes a customer who has no site, no user and no token any more.</summary>
    /// <remarks>A user who gets this customer in the same instant sees nothing: the scope of a customer without sites is empty.</remarks>
    public DeviceAnswer RemoveCustomer(Caller caller, string id)
    {
        if (_registry.FindCustomer(id) is null)
            return new DeviceAnswer(DeviceOutcome.Unknown, $"There is no customer '{id}'.");
        if (UseOf(id) is { IsNone: false } use)
            return new DeviceAnswer(DeviceOutcome.InUse, $"The customer '{id}' has {Told(use)}. Give them to another customer or remove them first.");
        if (!_registry.RemoveCustomer(id))
            return new DeviceAnswer(DeviceOutcome.InUse, $"The customer '{id}' has got a site meanwhile.");
        _audit.Record(caller, "customer.remove", id);
        return new DeviceAnswer(DeviceOutcome.Done);
    }

    /// <summary>What still belongs to a customer; while anything does, it is not removed.</summary>
    public CustomerUse UseOf(string customerId)
    {
        var sites = _registry.Sites.Where(s => s.CustomerId == customerId).Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        var users = _users.All.Where(u => u.CustomerId == customerId).Select(u => u.Name).ToList();
        return new CustomerUse(
            [.. sites.Order(StringComparer.Ordinal)],
            _registry.Devices.Count(d => d.Current.SiteId is { } site && sites.Contains(site)),
            users,
            [.. _users.All.Where(u => u.CustomerId != customerId && _users.TryGet(u.Name, out var entry) && entry.Tokens.Any(t => t.CustomerId == customerId)).Select(u => u.Name)],
            [.. _identity.Tokens.Where(t => t.Customer == customerId).Select(t => t.Name).Order(StringComparer.Ordinal)]);
    }

    private static string Told(CustomerUse use) => string.Join("; ", new[]
    {
        use.Sites.Count == 0 ? "" : $"{Counted("site", use.Sites)} with {use.Devices} devices",
        use.Users.Count == 0 ? "" : Counted("user", use.Users),
        use.TokenOwners.Count == 0 ? "" : $"API tokens of {Counted("user", use.TokenOwners)}",
        use.ConfiguredTokens.Count == 0 ? "" : $"{Counted("token", use.ConfiguredTokens)} in the configuration (identity.tokens)",
    }.Where(part => part.Length > 0));

    private static string Counted(string noun, IReadOnlyList<string> names) =>
        $"{names.Count} {noun}{(names.Count == 1 ? "" : "s")} ({string.Join(", ", names.Take(NamedMax))}{(names.Count > NamedMax ? ", …" : "")})";
}
