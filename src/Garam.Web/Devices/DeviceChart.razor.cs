using System.Globalization;
using Garam.Web.Fleet;
using Garam.Web.Figures;
using Microsoft.AspNetCore.Components;

namespace Garam.Web.Devices;

/// <summary>Range, legend, chart and the choice of metrics. The chart itself is drawn by script from the telemetry endpoint.</summary>
public sealed partial class DeviceChart
{
    /// <summary>More boxes than this are no choice; the address takes any metric.</summary>
    private const int ChoicesMax = 40;

    private IReadOnlyList<ChartMetric> _metrics = [];
    private IReadOnlyList<Reading> _choices = [];
    private ChartRequest _request = null!;
    private string? _productId;
    private long _fromUs;
    private long _toUs;

    [Parameter, EditorRequired]
    public DeviceQuery Query { get; set; } = null!;

    [Parameter, EditorRequired]
    public IReadOnlyList<Reading> Readings { get; set; } = [];

    /// <summary>The metrics of the lines.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<string> Shown { get; set; } = [];

    [Parameter]
    public IReadOnlyList<ChartMark> Alarms { get; set; } = [];

    [Inject]
    internal RuleLimits Limits { get; set; } = null!;

    [Inject]
    internal FleetView Fleet { get; set; } = null!;

    protected override void OnParametersSet()
    {
        _productId = Fleet.Find(Visit.Scope, Query.DeviceId)?.Device.ProductId;
        _toUs = Query.IsOwnRange ? Query.ToUs : Visit.NowUs;
        _fromUs = _toUs - Query.SpanUs;
        _metrics = [.. Shown.Select(name => Readings.First(r => r.Metric == name)).Select(Line)];
        _choices = [.. Readings.Where(r => Shown.Contains(r.Metric)), .. Readings.Where(r => !r.IsBoolean && !Shown.Contains(r.Metric)).Take(ChoicesMax - Shown.Count)];
        _request = new ChartRequest(
            Query.DeviceId, _fromUs / 1000.0, _toUs / 1000.0, !Query.IsOwnRange, _metrics,
            new ChartTexts(Visit["chart.limit"], Visit["chart.empty"], Visit["chart.failed"]));
    }

    private ChartMetric Line(Reading reading) =>
        new(
            reading.Metric, MetricName.Of(reading.Metric, Visit), UnitSign.Of(reading.Unit),
            Limits.Of(_productId, reading.Metric).Low ?? reading.Min, Limits.Of(_productId, reading.Metric).High ?? reading.Max);

    /// <summary>As a date field wants it, by the reader's clock.</summary>
    private string Local(long us) => Moment.Local(us, Visit).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
}
