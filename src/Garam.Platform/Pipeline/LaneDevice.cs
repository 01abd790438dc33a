using Garam.Decoding;
using Garam.Platform.Detection;
using Garam.Platform.Devices;
using Garam.Platform.Packs;
using Garam.Platform.Rules;
using Garam.TimeSeries;

namespace Garam.Platform.Pipeline;

/// <summary>
/// What a lane knows of one device: its registration, its decoder and where its metrics go. Owned by the lane; bound again when the
/// registration, the packs or the product named by the route change.
/// </summary>
internal sealed class LaneDevice
{
    /// <summary>
    /// Internal series that hold the log position behind each reading: the way back to the bytes. A reading of one metric has its own
    /// (<c>$log.PRESS</c>), because messages of several tags often share an instant.
    /// </summary>
    public const string PositionSeries = "$log";

    /// <summary>Whether a series is the platform's own and not a metric.</summary>
    public static bool IsInternal(string series) => series.StartsWith('$');

    /// <summary>Positions of one instant stay within its millisecond, so that a query of it finds them.</summary>
    private const int SameInstantMax = 999;

    /// <summary>Not asked yet; unlike <see cref="SeriesGroup.NoSeries"/>, which is an answer.</summary>
    private const int Unbound = -2;

    private readonly byte[] _routeProduct;
    private readonly Device _boundTo;
    private readonly PackSet _packs;
    private readonly RuleSetting _setting;
    private int[] _series = [];
    private int[] _slots = [];
    private int[] _derived = [];
    private int[] _positions = [];
    private long _lastReadingUs = long.MinValue;
    private int _sameInstant;

    public LaneDevice(DeviceEntry entry, PackSet packs, RuleSetting setting, Product product, byte[] routeProduct, SeriesGroup group, DeviceDetection? detection)
    {
        _setting = setting;
        Detection = detection;
        Entry = entry;
        Product = product;
        Group = group;
        _boundTo = entry.Current;
        _packs = packs;
        _routeProduct = routeProduct;
        Positions = group.Series(PositionSeries);
    }

    public DeviceEntry Entry { get; }

    public Product Product { get; }

    public SeriesGroup Group { get; }

    public int Positions { get; }

    /// <summary>What detection remembers of it; null when nothing looks at its product.</summary>
    public DeviceDetection? Detection { get; private set; }

    /// <summary>The same device under another product that a route names; null when there is none.</summary>
    public LaneDevice? Sibling { get; set; }

    public string? Model => _boundTo.Model;

    /// <summary>Takes its past up again from the store, which has changed.</summary>
    public void Refresh(DetectStage detect)
    {
        if (Detection is { } former)
            Detection = detect.Refresh(former, Group);
    }

    /// <summary>Whether everything this was bound to still holds.</summary>
    public bool IsCurrent(PackSet packs, RuleSetting setting) =>
        ReferenceEquals(packs, _packs) && ReferenceEquals(setting, _setting) && ReferenceEquals(Entry.Current, _boundTo) && !Entry.Removed;

    /// <summary>Whether it is for messages whose route names this product.</summary>
    public bool IsFor(ReadOnlySpan<byte> routeProduct) => routeProduct.SequenceEqual(_routeProduct);

    /// <summary>The slot of a metric of the product, −1 when detection does not look at it.</summary>
    public int SlotOf(int metric)
    {
        if (metric >= _slots.Length)
        {
            var before = _slots.Length;
            Array.Resize(ref _slots, Math.Max(metric + 1, Product.Decoder.Metrics.Count));
            for (var i = before; i < _slots.Length; i++)
                _slots[i] = Detection!.Plan.SlotOf(Product.Decoder.Metrics[i].Name);
        }

        return _slots[metric];
    }

    /// <summary>The series of a derived metric, by its slot.</summary>
    public int SeriesOfDerived(int slot, DerivedMetric metric)
    {
        if (slot >= _derived.Length)
        {
            var before = _derived.Length;
            Array.Resize(ref _derived, Detection!.Plan.Names.Length);
            _derived.AsSpan(before).Fill(Unbound);
        }

        if (_derived[slot] == Unbound)
            _derived[slot] = Group.Series(metric.Name, metric.Kind == MetricKind.Boolean ? SeriesKind.Boolean : SeriesKind.Number);
        return _derived[slot];
    }

    /// <summary>The series of a metric of the product; <see cref="SeriesGroup.NoSeries"/> when the device already has as many as the store allows.</summary>
    public int SeriesOf(int metric) =>
        (uint)metric < (uint)_series.Length && _series[metric] != Unbound ? _series[metric] : Bind(ref _series, metric, "");

    /// <summary>The series of the log positions of readings that carry this metric alone.</summary>
    public int PositionsOf(int metric) =>
        (uint)metric < (uint)_positions.Length && _positions[metric] != Unbound ? _positions[metric] : Bind(ref _positions, metric, PositionSeries + ".");

    /// <summary>
    /// Microseconds to put a reading's log position behind its time: 0, unless the message before was of the same instant; then each
    /// further one takes the next, so that none hides another.
    /// </summary>
    public int PositionShift(long readingUs)
    {
        _sameInstant = readingUs == _lastReadingUs ? Math.Min(_sameInstant + 1, SameInstantMax) : 0;
        _lastReadingUs = readingUs;
        return _sameInstant;
    }

    private int Bind(ref int[] series, int metric, string prefix)
    {
        if (metric >= series.Length)
        {
            var before = series.Length;
            Array.Resize(ref series, Math.Max(metric + 1, Product.Decoder.Metrics.Count));
            series.AsSpan(before).Fill(Unbound);
        }

        var definition = Product.Decoder.Metrics[metric];
        var kind = prefix.Length == 0 && definition.Kind == MetricKind.Boolean ? SeriesKind.Boolean : SeriesKind.Number;
        return series[metric] = Group.Series(prefix + definition.Name, kind);
    }
}
