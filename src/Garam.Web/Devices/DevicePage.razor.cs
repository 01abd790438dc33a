using Garam.Platform.Alarms;
using Garam.Web.Alarms;
using Garam.Web.Fleet;
using Garam.Web.Visits;
using Microsoft.AspNetCore.Components;

namespace Garam.Web.Devices;

/// <summary>One device: its past as a chart, its newest rows, what it sent to the byte, and who stands beside it.</summary>
public sealed partial class DevicePage
{
    /// <summary>Marks that can still be told apart.</summary>
    private const int MarksMax = 50;

    private const int AlarmsMax = 5;

    private IReadOnlyList<Reading> _readings = [];
    private IReadOnlyList<string> _shown = [];
    private IReadOnlyList<string> _columns = [];
    private IReadOnlyList<Alarm> _alarms = [];
    private IReadOnlyList<ChartMark> _marks = [];
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
    internal FleetView Fleet { get; set; } = null!;

    private string RawAddress => $"/api/v1/devices/{Uri.EscapeDataString(Device.Id)}/raw?from=-1h";

    protected override void OnParametersSet()
    {
        _readings = Newest.Newest(Device.Id, Device.Product);
        _shown = MetricChoice.Chart(_readings, Query.Metrics, Device.Device.Tags);
        _columns = MetricChoice.Columns(_readings, Query.Metrics, Device.Device.Tags);
        var toUs = Query.IsOwnRange ? Query.ToUs : Visit.NowUs + 1;
        var alarms = Alarms.List(new AlarmFilter(Device: Device.Id, Customer: Visit.Scope.CustomerId, FromUs: toUs - Query.SpanUs, ToUs: toUs), MarksMax);
        _marks = [.. alarms.Select(AlarmSign.Mark)];
        _alarms = Alarms.List(new AlarmFilter(Device: Device.Id, Customer: Visit.Scope.CustomerId, States: [AlarmState.Raised, AlarmState.Acknowledged]), AlarmsMax);
        _endUs = Query.IsOwnRange ? Query.ToUs : long.MaxValue;
        _watch = Query.IsOwnRange
            ? null
            : "device=" + Uri.EscapeDataString(Device.Id) + string.Concat(_columns.Select(c => "&metric=" + Uri.EscapeDataString(c)));
    }
}
