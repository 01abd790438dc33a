using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Garam.Platform.Devices;

/// <summary>
/// Every registered device, site and customer, held in memory and written through to SQL.
/// </summary>
/// <remarks>
/// Thread-safe. Changes made by people are in the database when the call returns. Devices registered on first sight by the pipeline
/// are written by <see cref="SaveFirstSeen"/> before the pipeline's checkpoint passes the message that brought them, so a crash
/// between the two replays the message and registers the device again.
/// </remarks>
public sealed class DeviceRegistry
{
    private readonly ConcurrentDictionary<string, DeviceEntry> _devices = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Site> _sites = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Customer> _customers = new(StringComparer.Ordinal);
    private readonly DeviceStore _store;
    private readonly TimeProvider _time;
    private readonly int _devicesMax;
    private readonly Lock _writing = new();
    private readonly List<DeviceEntry> _firstSeen = [];
    private int _count;

    internal DeviceRegistry(DeviceStore store, int devicesMax, TimeProvider time)
    {
        _store = store;
        _devicesMax = devicesMax;
        _time = time;
        foreach (var device in store.LoadDevices())
            _devices[device.Id.Value] = new DeviceEntry(device);
        foreach (var site in store.LoadSites())
            _sites[site.Id] = site;
        foreach (var customer in store.LoadCustomers())
            _customers[customer.Id] = customer;
        _count = _devices.Count;
        Disabled.Set(_devices.Values.Select(d => d.Current));
    }

    /// <summary>Registered devices.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Asked at the gate for every message.</summary>
    internal DisabledDevices Disabled { get; } = new();

    public IEnumerable<DeviceEntry> Devices => _devices.Values;

    public IEnumerable<Site> Sites => _sites.Values;

    public IEnumerable<Customer> Customers => _customers.Values;

    public bool TryGet(string id, [NotNullWhen(true)] out DeviceEntry? entry) => _devices.TryGetValue(id, out entry);

    public Site? FindSite(string? id) => id is not null && _sites.TryGetValue(id, out var site) ? site : null;

    public Customer? FindCustomer(string? id) => id is not null && _customers.TryGetValue(id, out var customer) ? customer : null;

    /// <summary>
    /// The device, registered now if it is new. Null when the registry is full: then the message is a dead letter, because an attacker
    /// who invents identities must not be able to fill the memory.
    /// </summary>
    internal DeviceEntry? GetOrRegister(DeviceId id, string productId, string? hubId)
    {
        if (_devices.TryGetValue(id.Value, out var known))
            return known;
        lock (_writing)
        {
            if (_devices.TryGetValue(id.Value, out known))
                return known;
            if (_count >= _devicesMax)
                return null;
            var entry = new DeviceEntry(Device.FirstSeen(id, productId, hubId, NowUs()));
            _devices[id.Value] = entry;
            _count++;
            _firstSeen.Add(entry);
            return entry;
        }
    }

    /// <summary>Writes the devices that came by themselves since the last call; the pipeline calls it before each checkpoint.</summary>
    internal void SaveFirstSeen()
    {
        // Under the lock, so that no older record overwrites, and none revives, what a person changed or removed meanwhile.
        lock (_writing)
        {
            if (_firstSeen.Count == 0)
                return;
            _store.Save([.. _firstSeen.Where(e => !e.Removed).Select(e => e.Current)]);
            _firstSeen.Clear();
        }
    }

    /// <summary>Registers or changes a device; <paramref name="change"/> gets the present record or a new one.</summary>
    /// <returns>The device as it is now, and whether it is new; null when the registry is full.</returns>
    public (Device Device, bool Created)? Put(DeviceId id, Func<Device, Device> change) => PutAll([(id, change)]) is [var done] ? done : null;

    /// <summary>Registers or changes many devices, each named once: all of them, in one transaction, or none.</summary>
    /// <returns>The devices as they are now, in the same order, and whether each is new; null when the registry has no room for all.</returns>
    public IReadOnlyList<(Device Device, bool Created)>? PutAll(IReadOnlyList<(DeviceId Id, Func<Device, Device> Change)> changes)
    {
        lock (_writing)
        {
            var now = NowUs();
            var created = changes.Count(c => !_devices.ContainsKey(c.Id.Value));
            if (created > 0 && _count + created > _devicesMax)
                return null;
            var done = new List<(Device Device, bool Created)>(changes.Count);
            foreach (var (id, change) in changes)
            {
                var exists = _devices.TryGetValue(id.Value, out var entry);
                done.Add((change(exists ? entry!.Current : Device.FirstSeen(id, null, null, now)) with { UpdatedUs = now }, !exists));
            }

            _store.Save([.. done.Select(d => d.Device)]);
            foreach (var (device, _) in done)
                Take(device, now);
            Disabled.Set(done.Select(d => d.Device));
            return done;
        }
    }

    /// <summary>Forgets a device; its stored readings stay until their retention ends.</summary>
    public bool Remove(DeviceId id)
    {
        lock (_writing)
        {
            if (!_devices.TryGetValue(id.Value, out var entry))
                return false;
            _store.Delete(id);
            _devices.TryRemove(id.Value, out _);
            _count--;
            entry.Removed = true;
            Disabled.Forget(id);
            return true;
        }
    }

    public void Put(Site site)
    {
        lock (_writing)
        {
            _store.Save(site, NowUs());
            _sites[site.Id] = site;
            // Holders compare the record by reference: those of the site look their customer up again.
            foreach (var entry in _devices.Values.Where(d => d.Current.SiteId == site.Id))
                entry.Current = entry.Current with { };
        }
    }

    public void Put(Customer customer)
    {
        lock (_writing)
        {
            _store.Save(customer, NowUs());
            _customers[customer.Id] = customer;
        }
    }

    /// <summary>Forgets a site; false while a device stands there, and when there is none.</summary>
    public bool RemoveSite(string id)
    {
        lock (_writing)
        {
            if (!_sites.ContainsKey(id) || _devices.Values.Any(d => d.Current.SiteId == id))
                return false;
            _store.DeleteSite(id);
            return _sites.TryRemove(id, out _);
        }
    }

    /// <summary>Forgets a customer; false while a site is theirs, and when there is none.</summary>
    public bool RemoveCustomer(string id)
    {
        lock (_writing)
        {
            if (!_customers.ContainsKey(id) || _sites.Values.Any(s => s.CustomerId == id))
                return false;
            _store.DeleteCustomer(id);
            return _customers.TryRemove(id, out _);
        }
    }

    private void Take(Device device, long nowUs)
    {
        if (!_devices.TryGetValue(device.Id.Value, out var entry))
        {
            _devices[device.Id.Value] = new DeviceEntry(device);
            _count++;
            return;
        }

        // Silence is counted from here on: until now nothing it said was taken.
        if (entry.Current.IsDisabled && !device.IsDisabled)
            entry.Enabled(nowUs);
        entry.Current = device;
    }

    private long NowUs() => _time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
}
