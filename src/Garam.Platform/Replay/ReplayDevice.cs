using Garam.Platform.Devices;
using Garam.Platform.Packs;

namespace Garam.Platform.Replay;

/// <summary>What a replay keeps of one device from its first message to its last.</summary>
internal sealed class ReplayDevice
{
    private const int SameInstantMax = 999;

    /// <summary>Instants shared by messages of different drafts are few; beyond this many, what such instants no longer have stays.</summary>
    private const int CarriedMax = 10_000;

    private readonly Dictionary<long, DraftInstant> _carried = [];
    private readonly Dictionary<string, DerivedReadings> _derived = new(StringComparer.Ordinal);
    private long _lastReadingUs = long.MinValue;
    private int _sameInstant;

    public ReplayDevice(DeviceEntry entry, uint laneHash)
    {
        Entry = entry;
        Id = entry.Current.Id.Value;
        LaneHash = laneHash;
        Draft = new DeviceDraft(_carried);
    }

    public DeviceEntry Entry { get; }

    public string Id { get; }

    /// <summary>Chooses the lane that owns the device's series.</summary>
    public uint LaneHash { get; }

    /// <summary>Whether anything of it has been changed: what detection remembers of it is then no longer what is stored.</summary>
    public bool HasChanged { get; set; }

    /// <summary>What has been decoded and not been put into the store yet.</summary>
    public DeviceDraft Draft { get; private set; }

    public DeviceDraft TakeDraft()
    {
        var draft = Draft;
        Draft = new DeviceDraft(_carried);
        return draft;
    }

    /// <summary>Keeps an instant for the drafts to come: a message among them stands behind it too.</summary>
    public void Carry(long timeUs, DraftInstant instant)
    {
        if (_carried.Count < CarriedMax)
            _carried[timeUs] = instant;
    }

    /// <summary>As <see cref="Pipeline.LaneDevice.PositionShift"/>, for messages of the past.</summary>
    public int PositionShift(long readingUs)
    {
        _sameInstant = readingUs == _lastReadingUs ? Math.Min(_sameInstant + 1, SameInstantMax) : 0;
        _lastReadingUs = readingUs;
        return _sameInstant;
    }

    /// <summary>The derivations of the device's readings of a product, made when missing.</summary>
    public DerivedReadings DerivedOf(Product product, Func<Product, DerivedReadings> create)
    {
        if (!_derived.TryGetValue(product.Id, out var derived))
            _derived.Add(product.Id, derived = create(product));
        return derived;
    }
}
