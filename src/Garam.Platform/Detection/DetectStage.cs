using Garam.Platform.Devices;
using Garam.Platform.Packs;
using Garam.Platform.Rules;
using Garam.TimeSeries;

namespace Garam.Platform.Detection;

/// <summary>
/// The detect stage of one lane: derives metrics before a reading is stored and lets rules judge it afterwards. What rules say is collected in
/// <see cref="Alarms"/>; the lane passes it on between two blocks, and before every checkpoint.
/// </summary>
/// <remarks>Owned by its lane, not thread-safe. Allocates nothing for a reading that changes no alarm.</remarks>
internal sealed class DetectStage(DetectionSources sources, DeviceRegistry registry, TimeSeriesStore store)
{
    private readonly HashSet<DeviceDetection> _unreported = [];

    /// <summary>The reading in work.</summary>
    public DetectionFrame Frame { get; } = new();

    public AlarmWriter Alarms { get; } = new(new RaiseComposer(sources.Plans.Code, sources.Plans.Logger));

    /// <summary>The rulesets in force; devices are attached again when it is another.</summary>
    public RuleSetting Setting => sources.Setting();

    /// <summary>What detection keeps of a device; null when nothing looks at its product.</summary>
    /// <param name="former">What it kept so far for the same product; null for a device not met before.</param>
    public DeviceDetection? Attach(DeviceEntry entry, Product product, SeriesGroup group, RuleSetting setting, DeviceDetection? former)
    {
        var plan = sources.Plans.For(product, setting);
        var facts = DeviceFacts.Of(entry.Current, registry);
        if (former is not null && former.Plan == plan && SameFacts(former.Facts, facts))
            return former;
        var detection = plan.IsEmpty ? null : new DeviceDetection(plan, facts, store, group, sources.Lasting, former);
        former?.Leave(detection, new Occasion(entry.LastSeenUs, -1, entry.LastSeenUs), Alarms);
        if (former is not null && _unreported.Remove(former) && detection is not null)
            _unreported.Add(detection);
        if (detection is { IsFresh: true })
            detection.WarmUp(store, group, Frame);
        return detection;
    }

    /// <summary>The same with its past taken up again from the store, which has changed; alarms that last go on lasting.</summary>
    public DeviceDetection Refresh(DeviceDetection former, SeriesGroup group)
    {
        var detection = new DeviceDetection(former.Plan, former.Facts, store, group, sources.Lasting, former, keepsPast: false);
        if (_unreported.Remove(former))
            _unreported.Add(detection);
        detection.WarmUp(store, group, Frame);
        return detection;
    }

    /// <summary>The rules judge the reading in the frame.</summary>
    public void Judge(DeviceDetection detection, in Occasion at)
    {
        detection.Judge(at, Frame, Alarms);
        if (detection.IsUnreported)
            _unreported.Add(detection);
    }

    /// <summary>Looks at the clock for one device.</summary>
    public void Tick(DeviceDetection detection, long nowUs, long lastSeenUs) => detection.Tick(nowUs, lastSeenUs, Frame, Alarms);

    /// <summary>Tells everything that was counted and not told: before a checkpoint.</summary>
    public void Report(long nowUs)
    {
        foreach (var detection in _unreported)
            detection.Report(Alarms, nowUs);
        _unreported.Clear();
        foreach (var plan in sources.Plans.Made.Where(p => p.HasGroups))
        {
            foreach (var group in plan.Groups.Values)
                group.Report(Alarms, nowUs);
        }
    }

    private static bool SameFacts(DeviceFacts a, DeviceFacts b) =>
        a with { Tags = b.Tags } == b && a.Tags.Count == b.Tags.Count && a.Tags.All(t => b.Tags.TryGetValue(t.Key, out var value) && value == t.Value);
}
