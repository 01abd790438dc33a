using Garam.Packs.Fire.Analytics;
using Garam.Packs.Fire.Dashboard;
using Garam.Packs.Fire.Risk;
using Garam.Platform.Devices;
using Garam.Platform.Identity;
using Garam.Platform.Packs;
using Garam.Platform.Rest;
using Garam.TimeSeries;

namespace Garam.Packs.Fire.Board;

/// <summary>
/// The fire detectors as people look at them, computed at most once a second for each scope however many look. What has not changed is the
/// same object as before, so that a page can tell what to draw again. Thread-safe.
/// </summary>
public sealed class FireBoard
{
    /// <summary>Customers are few, and so are sites that somebody has open; beyond this all is computed anew.</summary>
    private const int KeptMax = 1_000;

    /// <summary>Detectors whose trend is worked out, the worst: each costs two reads of the newest minutes.</summary>
    private const int TrendsMax = 100;

    /// <summary>Detectors whose hour is read, the worst.</summary>
    public const int HoursMax = 200;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    /// <summary>Of an hour by minutes nobody sees more often that it has grown.</summary>
    private static readonly TimeSpan FreshHour = TimeSpan.FromSeconds(10);

    private static readonly long ActiveUs = TimeSpan.FromMinutes(5).Ticks / TimeSpan.TicksPerMicrosecond;

    private readonly DeviceRegistry _registry;
    private readonly PackCatalog _packs;
    private readonly TimeSeriesStore _store;
    private readonly SiteAnalysis _sites;
    private readonly MessageRates _rates;
    private readonly TimeProvider _time;
    private readonly Lock _looking = new();
    private readonly List<NewestValue> _values = [];
    private readonly Dictionary<string, Kept<FireOverview>> _overviews = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Scope, string? Site), Kept<RiskMinutes>> _hours = [];
    private readonly Kept<MessageFigures> _messages;

    internal FireBoard(DeviceRegistry registry, PackCatalog packs, TimeSeriesStore store, SiteAnalysis sites, MessageRates rates, TimeProvider time)
    {
        (_registry, _packs, _store, _sites, _rates, _time) = (registry, packs, store, sites, rates, time);
        _messages = new Kept<MessageFigures>(Fresh, time);
    }

    /// <summary>Whether there is anything to look at: the pack is loaded, and a detector is seen.</summary>
    public bool HasDetectors(AccessScope scope) => _packs.Current.TryGetProduct(FireMetric.Product, out _) && _sites.Devices.Any(scope.Sees);

    public FireOverview Overview(AccessScope scope)
    {
        lock (_looking)
            return Keep(_overviews, scope.CustomerId ?? "", Fresh).Get(former => Read(scope, former));
    }

    /// <summary>A building; null when nothing of it is seen.</summary>
    /// <param name="site">Its id; empty for the detectors without one.</param>
    public Building? Find(AccessScope scope, string site) => Overview(scope).Buildings.FirstOrDefault(b => b.Site == site);

    /// <summary>The last hour of the detectors that are seen, at most <see cref="HoursMax"/>; of one building, or of all.</summary>
    public RiskMinutes Hour(AccessScope scope, string? site = null)
    {
        var ids = Overview(scope).Detectors.Where(d => site is null || d.Site == site).Take(HoursMax).Select(d => d.Id).ToList();
        lock (_looking)
            return Keep(_hours, (scope.CustomerId ?? "", site), FreshHour).Get(_ => RiskMinutes.Read(_store, ids, NowUs()));
    }

    /// <summary>Pairs of a building's active detectors whose newest readings lie within two minutes, one of them above 0.5; the riskiest first.</summary>
    public IReadOnlyList<DevicePair> Pairs(Building building) =>
        building.Site.Length == 0 ? [] : _sites.Pairs(building.Detectors.Where(d => d.IsActive).Select(d => d.Device));

    /// <summary>The node's messages; not those of one customer.</summary>
    public MessageFigures Messages()
    {
        lock (_looking)
        {
            return _messages.Get(former =>
            {
                var hour = _rates.Hour(NowUs());
                return former is not null && former.Periods.SequenceEqual(hour) ? former : new MessageFigures(hour);
            });
        }
    }

    private FireOverview Read(AccessScope scope, FireOverview? former)
    {
        var nowUs = NowUs();
        var before = former?.Detectors.ToDictionary(d => d.Id, StringComparer.Ordinal) ?? [];
        var order = _sites.Devices.Where(scope.Sees).Select(d => Detector.Of(d, _store, _values, nowUs - ActiveUs))
            .OrderByDescending(d => d.IsActive).ThenByDescending(d => double.IsNaN(d.Risk) ? -1 : Math.Round(d.Risk, 2)).ThenBy(d => d.Id, StringComparer.Ordinal);
        var detectors = order.Select((d, i) => Known(i < TrendsMax ? WithTrend(d, before.GetValueOrDefault(d.Id)) : d, before)).ToList();
        var active = detectors.Where(d => d.IsActive).ToList();
        var overview = new FireOverview(
            detectors, Buildings(detectors, former, nowUs), [.. RiskLevel.All.Select(level => active.Count(d => d.Level == level))], active.Count,
            active.Where(d => !double.IsNaN(d.Risk)).Select(d => d.Risk).DefaultIfEmpty(double.NaN).Average());
        return former is not null && former.Detectors.SequenceEqual(detectors, ReferenceEqualityComparer.Instance)
            && former.Buildings.SequenceEqual(overview.Buildings, ReferenceEqualityComparer.Instance) ? former : overview;
    }

    private Detector WithTrend(Detector detector, Detector? former) => detector with
    {
        Trend = !detector.IsActive ? RiskTrend.Unknown
            : former is { IsActive: true } && former.TimeUs == detector.TimeUs && former.Trend != RiskTrend.Unknown ? former.Trend
            : NewestTrend.Of(_store, detector.Id, detector.TimeUs),
    };

    private static Detector Known(Detector detector, Dictionary<string, Detector> before) =>
        before.TryGetValue(detector.Id, out var former) && former == detector ? former : detector;

    private List<Building> Buildings(List<Detector> detectors, FireOverview? former, long nowUs)
    {
        var before = former?.Buildings.ToDictionary(b => b.Site, StringComparer.Ordinal) ?? [];
        return
        [
            .. detectors.GroupBy(d => d.Site, StringComparer.Ordinal)
                .Select(g => Building.Of(g.Key, _registry.FindSite(g.Key)?.Title is { Length: > 0 } title ? title : g.Key, g, nowUs))
                .Select(b => before.TryGetValue(b.Site, out var known) && b.IsSameAs(known) ? known : b)
                .OrderByDescending(b => b.IsCluster).ThenByDescending(b => double.IsNaN(b.Worst) ? -1 : Math.Round(b.Worst, 2))
                .ThenBy(b => b.Site.Length == 0).ThenBy(b => b.Title, StringComparer.Ordinal),
        ];
    }

    private Kept<T> Keep<TKey, T>(Dictionary<TKey, Kept<T>> all, TKey key, TimeSpan atLeast)
        where TKey : notnull
        where T : class
    {
        if (all.TryGetValue(key, out var known))
            return known;
        if (all.Count >= KeptMax)
            all.Clear();
        return all[key] = new Kept<T>(atLeast, _time);
    }

    private long NowUs() => TimeParameter.ToUs(_time.GetUtcNow());
}
