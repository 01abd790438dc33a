using Garam.Platform.Alarms;
using Garam.Web.Devices;
using Garam.Web.Fleet;
using Microsoft.AspNetCore.Components;

namespace Garam.Web.Alarms;

/// <summary>One alarm: what it says, what to do, the readings around it, and what has happened to it.</summary>
public sealed partial class AlarmPage
{
    private const int HistoryMax = 100;

    /// <summary>Readings before and after it that help to understand it.</summary>
    private const long AroundUs = 30 * 60_000_000L;

    private string _headline = "";
    private string _rest = "";
    private IReadOnlyList<string> _advice = [];
    private IReadOnlyList<AlarmHistoryLine> _history = [];
    private IReadOnlyList<Reading> _readings = [];
    private IReadOnlyList<string> _shown = [];
    private IReadOnlyList<ChartMark> _marks = [];
    private FleetDevice? _device;
    private DeviceQuery? _query;

    [Parameter, EditorRequired]
    public Alarm Alarm { get; set; } = null!;

    /// <summary>Whether the reader's last order changed nothing.</summary>
    [Parameter]
    public bool IsRefused { get; set; }

    [Inject]
    internal AlarmStore Store { get; set; } = null!;

    [Inject]
    internal FleetView Fleet { get; set; } = null!;

    [Inject]
    internal Readings Newest { get; set; } = null!;

    protected override void OnParametersSet()
    {
        var message = Visit.Choose(Alarm.Texts.MessageEn, Alarm.Texts.MessageKo);
        _headline = AlarmSign.Headline(Alarm, Visit);
        _rest = message.Trim().Length > _headline.Length ? message.Trim()[_headline.Length..].Trim() : "";
        _advice = Visit.Language == Visits.VisitLanguage.Korean && Alarm.Texts.AdviceKo.Count > 0 ? Alarm.Texts.AdviceKo : Alarm.Texts.AdviceEn;
        _history = Store.History(Alarm.Id, 0, HistoryMax);
        _device = Fleet.Find(Visit.Scope, Alarm.DeviceId);
        if (_device is null)
            return;
        _readings = Newest.Newest(_device.Id, _device.Product);
        var named = Alarm.ValueOf is { } metric && _readings.Any(r => r.Metric == metric) ? new[] { metric } : [];
        _shown = MetricChoice.Chart(_readings, named, _device.Device.Tags);
        _query = new DeviceQuery(_device.Id, "", Alarm.SinceUs - AroundUs, Math.Min(Math.Max(Alarm.LastUs, Alarm.FirstUs) + AroundUs, Visit.NowUs + 1), _shown);
        _marks = [AlarmSign.Mark(Alarm)];
    }
}
