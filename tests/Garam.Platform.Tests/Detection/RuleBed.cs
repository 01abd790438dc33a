using System.Globalization;
using Garam.Platform.Alarms;
using Garam.Platform.Rules;

namespace Garam.Platform.Tests.Detection;

/// <summary>A message flow with rules on the product <c>box</c>: readings in at seconds after the start, lines out.</summary>
internal sealed class RuleBed : IDisposable
{
    private const string Box = """
        product_type: box
        format: json
        conversion:
          timestamp: {source: ts, format: unix_ms}
          mapping:
            - {source: t, target: t, type: float}
            - {source: h, target: h, type: float}
            - {source: arcs, target: arcs, type: int}
            - {source: door, target: door, type: bool}
            - {source: mode, target: mode, type: string}
        """;

    private readonly Dictionary<AlarmKey, LastingAlarm> _lasting;

    public RuleBed(string rules, PackCode? code = null, TemporaryFolder? folder = null, Dictionary<AlarmKey, LastingAlarm>? lasting = null)
    {
        _lasting = lasting ?? [];
        Flow = new FlowBed(code: code, folder: folder, lasting: key => _lasting.GetValueOrDefault(key));
        Flow.Packs.WriteProduct("test", "box", Box);
        Flow.Packs.Catalog.Reload().Problems.ShouldBeEmpty();
        Use(rules);
    }

    public FlowBed Flow { get; }

    /// <summary>Puts rules in force: the part of a ruleset's file below <c>rules:</c>.</summary>
    public void Use(string rules, string? trial = null, double share = 0.5) =>
        Flow.Setting = new RuleSetting([new ActiveRuleset(Parse(rules), 1, trial is null ? null : new RulesetTrial(Parse(trial), 2, share))]);

    public static RulesetDefinition Parse(string rules)
    {
        var result = RulesetFile.Parse("ruleset: box\nproduct: box\nrules:\n" + rules, "box.yaml");
        result.Problems.ShouldBeEmpty();
        return result.Definition.ShouldNotBeNull();
    }

    /// <summary>Sends a reading: metrics as JSON members without their braces.</summary>
    public void Send(double second, string metrics, string device = "d1", long? position = null)
    {
        var ts = (FlowBed.NowUs / 1000) + (long)(second * 1000);
        Flow.Send($"{{\"ts\":{ts.ToString(CultureInfo.InvariantCulture)},{metrics}}}", device, "box", receivedUs: FlowBed.NowUs + (long)(second * 1e6), position: position)
            .State.ShouldNotBe(Garam.Platform.Pipeline.MessageState.Dead);
    }

    public void Tick(double second) => Flow.Flow.Devices.Tick(FlowBed.NowUs + (long)(second * 1e6));

    /// <summary>What rules said since the last call, a line each: <c>raise hot d1 at 10s</c>.</summary>
    public string[] Said()
    {
        var signals = Flow.Flow.Detect.Alarms.Signals;
        string[] lines = [.. signals.Select(Line)];
        signals.Clear();
        return lines;
    }

    public AlarmRaise Raised() => Flow.Flow.Detect.Alarms.Signals.OfType<AlarmRaise>().ShouldHaveSingleItem();

    public void Dispose() => Flow.Dispose();

    private static string Line(AlarmSignal signal)
    {
        var at = string.Create(CultureInfo.InvariantCulture, $"{signal.Key.Rule} {signal.Key.Subject} at {(signal.EventUs - FlowBed.NowUs) / 1e6}s");
        return signal switch
        {
            AlarmRaise => $"raise {at}",
            AlarmProgress p => string.Create(CultureInfo.InvariantCulture, $"count {p.Count} worst {p.Worst} {at}"),
            AlarmClear { Reason: { } reason } => $"clear {at} ({reason})",
            _ => $"clear {at}",
        };
    }
}
