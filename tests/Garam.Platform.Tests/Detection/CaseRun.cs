using System.Text.Json.Nodes;
using Garam.Platform.Alarms;
using Garam.Platform.Detection;
using Garam.Platform.Rules;
using Garam.TimeSeries;
using Microsoft.Extensions.Logging.Abstractions;

namespace Garam.Platform.Tests.Detection;

/// <summary>Readings of a case through the detection of a lane; what the rules say comes out as the lines of <c>expected.txt</c>.</summary>
internal sealed class CaseRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TimeSeriesStore _store;
    private readonly PackSet _packs;
    private readonly DetectionPlans _plans;
    private readonly RuleSetting _setting;
    private readonly AlarmWriter _alarms;
    private readonly DetectionFrame _frame = new();
    private readonly Dictionary<string, (DeviceDetection Detection, long SeenUs)> _devices = new(StringComparer.Ordinal);
    private readonly List<string> _lines = [];
    private long _position;

    public CaseRun(PackSet packs, IEnumerable<RulesetDefinition> rulesets, PackCode code)
    {
        _store = TimeSeriesStore.Open(new TimeSeriesOptions { Directory = _folder.File("telemetry") });
        _packs = packs;
        _plans = new DetectionPlans(code, NullLogger.Instance);
        _setting = new RuleSetting([.. rulesets.Select(r => new ActiveRuleset(r, r.Version, null))]);
        _alarms = new AlarmWriter(new RaiseComposer(code, NullLogger.Instance));
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    /// <summary>Before each line the clock is looked at, as the platform does once a second.</summary>
    public IReadOnlyList<string> Run(IEnumerable<CaseReading> readings)
    {
        foreach (var reading in readings)
        {
            foreach (var (detection, seenUs) in _devices.Values.ToList())
                detection.Tick(reading.ReceivedUs, seenUs, _frame, _alarms);
            Collect();
            if (reading.Device is null)
                continue;
            var device = Attach(reading);
            device.Begin(_frame);
            foreach (var (metric, value) in reading.Metrics)
                _frame.Set(SlotOf(device, metric), value);
            device.Derive(reading.TimeUs, _frame);
            device.Judge(new Occasion(reading.TimeUs, _position++, reading.ReceivedUs), _frame, _alarms);
            Collect();
        }

        return _lines;
    }

    private static int SlotOf(DeviceDetection device, string metric) =>
        device.Plan.SlotOf(metric) is >= 0 and var slot ? slot
        : device.Plan.Product.Decoder.IsOpen ? throw new InvalidOperationException($"no rule looks at `{metric}`")
        : throw new InvalidOperationException($"the product {device.Plan.Product.Id} has no metric `{metric}`");

    private DeviceDetection Attach(CaseReading reading)
    {
        var id = reading.Device!;
        var former = _devices.GetValueOrDefault(id).Detection;
        var facts = Facts(id, reading.Line, former?.Facts);
        var detection = former;
        if (former is null || former.Facts != facts)
        {
            var products = _setting.Rulesets.Select(r => r.Definition.ProductId).Distinct().ToList();
            var name = reading.Line["product"]?.GetValue<string>() ?? former?.Plan.Product.Id ?? products.ShouldHaveSingleItem("say `product` in the reading");
            _packs.TryGetProduct(name, out var product).ShouldBeTrue($"there is no product {name}");
            var plan = _plans.For(product!, _setting);
            plan.Problems.ShouldBeEmpty();
            _store.TryGroup(id, out var group).ShouldBeTrue();
            detection = new DeviceDetection(plan, facts, _store, group!, _ => null, former);
            former?.Leave(detection, new Occasion(reading.TimeUs, -1, reading.ReceivedUs), _alarms);
        }

        _devices[id] = (detection!, Math.Max(_devices.GetValueOrDefault(id).SeenUs, reading.ReceivedUs));
        return detection!;
    }

    private static DeviceFacts Facts(string id, JsonObject line, DeviceFacts? former)
    {
        var tags = line["tags"] is JsonObject said ? said.ToDictionary(t => t.Key, t => t.Value!.GetValue<string>()) : former?.Tags ?? new Dictionary<string, string>();
        return new DeviceFacts(id, null, Said("site") ?? former?.Site, Said("customer") ?? former?.Customer, Said("hub") ?? former?.Hub, tags);

        string? Said(string key) => line[key]?.GetValue<string>();
    }

    private void Collect()
    {
        foreach (var signal in _alarms.Signals)
        {
            var at = $"{signal.Key.Rule} {signal.Key.Subject} at {CaseReading.Format(signal.EventUs)}";
            if (signal is AlarmRaise raise)
                _lines.Add($"raise {at} {raise.Severity.ToString().ToLowerInvariant()}");
            else if (signal is AlarmClear clear)
                _lines.Add($"clear {at}" + (clear.Reason is null ? "" : $" {clear.Reason}"));
        }

        _alarms.Signals.Clear();
    }
}
