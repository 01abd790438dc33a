using Garam.Platform.Alarms;

namespace Garam.Platform.Rules.BackTest;

/// <summary>Turns what detection says in a run into alarms. Bounded: what is beyond is counted and not kept. Thread-safe.</summary>
internal sealed class BackTestRecorder(string ruleset, bool keepsSignals = false)
{
    /// <summary>Alarms kept of one run, some 50 MB: a ruleset that raises more is wrong, and its totals say so.</summary>
    public const int AlarmsMax = 100_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<AlarmKey, BackTestAlarm> _lasting = [];
    private readonly List<BackTestAlarm> _alarms = [];
    private readonly Dictionary<string, long> _beyond = new(StringComparer.Ordinal);

    /// <summary>The alarms kept, by time and then by rule and subject. To be read when the run is over.</summary>
    public IReadOnlyList<BackTestAlarm> Alarms() =>
        [.. _alarms.OrderBy(a => a.RaisedUs).ThenBy(a => a.Rule, StringComparer.Ordinal).ThenBy(a => a.Subject, StringComparer.Ordinal)];

    /// <summary>Alarms raised and not kept, by rule.</summary>
    public IReadOnlyDictionary<string, long> Beyond => _beyond;

    public void Take(List<AlarmSignal> signals)
    {
        if (signals.Count == 0)
            return;
        lock (_lock)
        {
            foreach (var signal in signals)
            {
                // Other rulesets of the product are not in the plan; a signal of one would be a defect.
                if (signal.Key.Ruleset == ruleset)
                    Take(signal);
            }
        }

        signals.Clear();
    }

    private void Take(AlarmSignal signal)
    {
        switch (signal)
        {
            case AlarmRaise raise when _alarms.Count >= AlarmsMax:
                _beyond[raise.Key.Rule] = _beyond.GetValueOrDefault(raise.Key.Rule) + 1;
                _lasting.Remove(raise.Key);
                break;
            case AlarmRaise raise:
                var alarm = new BackTestAlarm(raise.Key.Rule, raise.Key.Subject, raise.DeviceId, raise.EventUs)
                {
                    Worst = raise.Value,
                    Severity = raise.Severity.ToString().ToLowerInvariant(),
                    Message = raise.Texts.MessageEn,
                    Devices = raise.Devices,
                    Raise = keepsSignals ? raise : null,
                };
                _alarms.Add(alarm);
                _lasting[raise.Key] = alarm;
                break;
            case AlarmProgress progress when _lasting.TryGetValue(progress.Key, out var lasting):
                lasting.Count = progress.Count;
                lasting.Worst = progress.Worst;
                break;
            case AlarmClear clear when _lasting.Remove(clear.Key, out var over):
                over.ClearedUs = clear.EventUs;
                over.Count = clear.Count;
                over.Worst = clear.Worst;
                over.Clear = keepsSignals ? clear : null;
                break;
        }
    }
}
