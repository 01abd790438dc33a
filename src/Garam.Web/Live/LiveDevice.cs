using Garam.Platform.Identity;
using Garam.Web.Devices;
using Garam.Web.Fleet;
using Microsoft.AspNetCore.Components;

namespace Garam.Web.Live;

/// <summary>A device's own page: its head, its newest rows and values.</summary>
internal sealed class LiveDevice(string deviceId, IReadOnlyList<string> metrics, AccessScope scope, FleetView fleet, Readings readings) : ILivePart
{
    private Condition? _condition;
    private int? _values;

    public void Look(List<RenderFragment> changed)
    {
        if (fleet.Find(scope, deviceId) is not { } device)
            return;
        var values = readings.Fingerprint(device);
        if (values == _values && device.Condition == _condition)
            return;
        changed.Add(LivePart.Of<DeviceHead>((nameof(DeviceHead.Device), device)));
        if (values != _values)
        {
            changed.Add(LivePart.Of<RecentTable>((nameof(RecentTable.DeviceId), deviceId), (nameof(RecentTable.Metrics), metrics)));
            changed.Add(LivePart.Of<NowValues>((nameof(NowValues.Device), device)));
        }

        (_condition, _values) = (device.Condition, values);
    }
}
