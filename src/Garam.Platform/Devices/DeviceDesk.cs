using Garam.Platform.Identity;
using Garam.Platform.Identity.Audit;
using Garam.Platform.Packs;
using Garam.Platform.Rest;

namespace Garam.Platform.Devices;

/// <summary>
/// Where administrators change devices and their tokens, by page and by REST alike: checked, done, and written into the trail.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public sealed class DeviceDesk
{
    private readonly DeviceRegistry _registry;
    private readonly PackCatalog _packs;
    private readonly AuditTrail _audit;
    private readonly Action<string> _disconnect;
    private readonly TimeProvider _time;

    /// <param name="disconnect">Ends what the device of this id has open: its token is no longer what it came with, or it is disabled.</param>
    internal DeviceDesk(DeviceRegistry registry, PackCatalog packs, AuditTrail audit, Action<string> disconnect, TimeProvider time)
    {
        _registry = registry;
        _packs = packs;
        _audit = audit;
        _disconnect = disconnect;
        _time = time;
    }

    /// <summary>Registers a device; one that is there already stays as it is.</summary>
    public DeviceAnswer Add(Caller caller, string? id, DeviceBody body) => Put(caller, id, body, onlyNew: true);

    /// <summary>Registers a device or changes the one that is there.</summary>
    public DeviceAnswer Put(Caller caller, string? id, DeviceBody body) => Put(caller, id, body, onlyNew: false);

    /// <summary>Registers or changes many devices: all of them, or, when one of them cannot be, none.</summary>
    public DeviceAnswer PutAll(Caller caller, IReadOnlyList<(string Id, DeviceBody Body)> devices)
    {
        var nowUs = TimeParameter.ToUs(_time.GetUtcNow());
        var changes = new List<(DeviceId Id, Func<Device, Device> Change)>(devices.Count);
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (id, body) in devices)
        {
            if (Check(id, body, out var device) is { } refusal)
                return refusal with { Detail = $"'{id}': {refusal.Detail}" };
            if (!named.Add(id))
                return new DeviceAnswer(DeviceOutcome.Invalid, $"'{id}' is named twice.");
            changes.Add((device, present => body.ApplyTo(present, nowUs)));
        }

        if (_registry.PutAll(changes) is not { } done)
            return Full();
        _audit.RecordAll(caller, done.Zip(devices).Select(d => (Action(d.Second.Body, d.First.Created), d.Second.Id, (string?)d.Second.Body.Told())));
        foreach (var (id, _) in devices.Where(d => d.Body.Disabled is true))
            _disconnect(id);
        return new DeviceAnswer(DeviceOutcome.Done);
    }

    /// <summary>Forgets a device; its readings stay until their retention ends.</summary>
    public DeviceAnswer Remove(Caller caller, string id)
    {
        if (!_registry.Remove(DeviceId.Trusted(id)))
            return Unknown(id);
        _audit.Record(caller, "device.remove", id);
        _disconnect(id);
        return new DeviceAnswer(DeviceOutcome.Done);
    }

    /// <summary>Gives a device a new token in place of the one it may have.</summary>
    public DeviceAnswer NewToken(Caller caller, string id)
    {
        if (!_registry.TryGet(id, out var entry))
            return Unknown(id);
        var (token, hash) = AccessGuard.NewDeviceToken();
        _registry.Put(entry.Current.Id, device => device with { CredentialHash = hash });
        _audit.Record(caller, "device.token", id);
        _disconnect(id);
        return new DeviceAnswer(DeviceOutcome.Done) { Token = token };
    }

    /// <summary>Takes a device's token away; done too when it has none.</summary>
    public DeviceAnswer RevokeToken(Caller caller, string id)
    {
        if (!_registry.TryGet(id, out var entry))
            return Unknown(id);
        if (entry.Current.CredentialHash is not null)
        {
            _registry.Put(entry.Current.Id, device => device with { CredentialHash = null });
            _audit.Record(caller, "device.token-revoke", id);
            _disconnect(id);
        }

        return new DeviceAnswer(DeviceOutcome.Done);
    }

    private DeviceAnswer Put(Caller caller, string? id, DeviceBody body, bool onlyNew)
    {
        if (Check(id, body, out var device) is { } refusal)
            return refusal;
        if (onlyNew && _registry.TryGet(device.Value, out _))
            return new DeviceAnswer(DeviceOutcome.Taken, $"There is a device '{id}' already.");
        var nowUs = TimeParameter.ToUs(_time.GetUtcNow());
        if (_registry.Put(device, present => body.ApplyTo(present, nowUs)) is not { } done)
            return Full();
        _audit.Record(caller, Action(body, done.Created), id!, body.Told());
        // Put before the connection ends: it cannot come back in between.
        if (body.Disabled is true)
            _disconnect(id!);
        return new DeviceAnswer(DeviceOutcome.Done, IsNew: done.Created);
    }

    /// <summary>What cannot be; null when it can.</summary>
    private DeviceAnswer? Check(string? id, DeviceBody body, out DeviceId device)
    {
        if (!DeviceId.TryParse(id, out device, out var problem))
            return new DeviceAnswer(DeviceOutcome.BadId, $"The device id: {problem}.");
        if (body.Problem() is { Length: > 0 } wrong)
            return new DeviceAnswer(DeviceOutcome.Invalid, wrong);
        if (body.ProductId is { Length: > 0 } product && !_packs.Current.TryGetProduct(product, out _))
        {
            return new DeviceAnswer(
                DeviceOutcome.UnknownProduct,
                $"productId: no pack describes '{product}'. There are: {string.Join(", ", _packs.Current.Products.Select(p => p.Id).Order(StringComparer.Ordinal))}.");
        }

        return body.HubId == id ? new DeviceAnswer(DeviceOutcome.OwnHub, "hubId: a device cannot be its own hub.") : null;
    }

    private static string Action(DeviceBody body, bool isNew)
    {
        if (isNew)
            return "device.add";
        return body == new DeviceBody { Disabled = body.Disabled } && body.Disabled is { } disabled ? disabled ? "device.disable" : "device.enable" : "device.put";
    }

    private static DeviceAnswer Full() => new(DeviceOutcome.Full, "The registry holds as many devices as registration.devices_max allows.");

    private static DeviceAnswer Unknown(string id) => new(DeviceOutcome.Unknown, $"There is no device '{id}'.");
}
