using Garam.Platform.Alarms;
using Garam.Platform.Identity;
using Garam.Platform.Rest;
using Garam.Web.Devices;
using Garam.Web.Fleet;
using Microsoft.AspNetCore.Components;

namespace Garam.Web.Live;

/// <summary>A device's own page: its head, its newest rows and values, its alarms, these at most once a second.</summary>
internal sealed class LiveDevice(
    DeviceQuery query, AccessScope scope, FleetView fleet, Readings readings, OpenAlarms open, AlarmStore store, TimeProvider time) : ILivePart
{
    private static readonly TimeSpan AlarmsEvery = TimeSpan.FromSeconds(1);

    private Condition? _condition;
    private int? _values;
    private IReadOnlyList<Alarm>? _open;
    private long _alarmsAt;

    public void Look(List<RenderFragment> changed)
    {
        if (fleet.Find(scope, query.DeviceId) is not { } device)
            return;
        var values = readings.Fingerprint(device);
        if (values != _values || device.Condition != _condition)
            changed.Add(LivePart.Of<DeviceHead>((nameof(DeviceHead.Device), device)));
        if (values != _values)
        {
            changed.Add(LivePart.Of<RecentTable>((nameof(RecentTable.DeviceId), device.Id), (nameof(RecentTable.Metrics), query.Metrics)));
            changed.Add(LivePart.Of<NowValues>((nameof(NowValues.Device), device)));
        }

        (_condition, _values) = (device.Condition, values);
        LookAtAlarms(device, changed);
    }

    private void LookAtAlarms(FleetDevice device, List<RenderFragment> changed)
    {
        var alarms = open.Of(device.Id, scope);
        if (_open is not null && (alarms.SequenceEqual(_open, ReferenceEqualityComparer.Instance) || time.GetElapsedTime(_alarmsAt) < AlarmsEvery))
            return;
        (_open, _alarmsAt) = (alarms, time.GetTimestamp());
        var toUs = TimeParameter.ToUs(time.GetUtcNow()) + 1;
        var shown = AlarmsOfDevice.Read(device.Id, scope, open, store, toUs - query.SpanUs, toUs);
        changed.Add(LivePart.Of<DeviceAlarms>((nameof(DeviceAlarms.Device), device), (nameof(DeviceAlarms.Alarms), shown)));
        changed.Add(LivePart.Of<ChartMarks>((nameof(ChartMarks.Marks), shown.Marks)));
    }
}
