using Garam.Platform.Alarms;
using Garam.Web.Fleet;
using Garam.Web.Visits;
using Microsoft.AspNetCore.Components;

namespace Garam.Web.Devices;

/// <summary>One device: its past as a chart, its newest rows, what it sent to the byte, and who stands beside it.</summary>
public sealed partial class DevicePage
{
    private IReadOnlyList<Reading> _readings = [];
    private IReadOnlyList<string> _shown = [];
    private IReadOnlyList<string> _columns = [];
    private AlarmsOfDevice _alarms = new([], []);
    private long _endUs;
    private string? _watch;

    [Parameter, EditorRequired]
    public FleetDevice Device { get; set; } = null!;

    [Parameter, EditorRequired]
    public DeviceQuery Query { get; set; } = null!;

    [Inject]
    internal Readings Newest { get; set; } = null!;

    [Inject]
    internal AlarmStore Alarms { get; set; } = null!;

    [Inject]
    internal OpenAlarms Open { get; set; } = null!;

    [Inject]
    internal FleetView Fleet { get; set; } = null!;

    private string RawAddress => $"/api/v1/devices/{Uri.EscapeDataString(Device.Id)}/raw?from=-1h";

    protected override void OnParametersSet()
    {
        _readings = Newest.Newest(Device.Id, Device.Product);
        _shown = MetricChoice.Chart(_readings, Query.Metrics, Device.Device.Tags);
        _columns = MetricChoice.Columns(_readings, Query.Metrics, Device.Device.Tags);
        var toUs = Query.IsOwnRange ? Query.ToUs : Visit.NowUs + 1;
        _alarms = AlarmsOfDevice.Read(Device.Id, Visit.Scope, Open, Alarms, toUs - Query.SpanUs, toUs);
        _endUs = Query.IsOwnRange ? Query.ToUs : long.MaxValue;
        _watch = Query.IsOwnRange
            ? null
            : "device=" + Uri.EscapeDataString(Device.Id) + "&range=" + Query.Range + string.Concat(_columns.Select(c => "&metric=" + Uri.EscapeDataString(c)));
    }
}
