using Garam.Platform.Alarms;
using Garam.Platform.Packs;
using Garam.Platform.Rules;
using Garam.Platform.Rules.BackTest;
using Garam.Platform.Telemetry;

namespace Garam.Platform.Replay;

/// <summary>
/// Lets the rules in force judge a stretch of the stored past, and records the alarms that were not raised at the time. What was raised then,
/// or has been recorded since, is found again by rule, subject and time, so that asking twice records nothing twice.
/// </summary>
/// <remarks>
/// What is recorded is over: it is in the list, in the history and on the event stream, but nobody is woken for it and no automatic action is
/// taken. A condition that still holds at the end of the stretch is left to the lanes, which raise it with the device's next reading.
/// </remarks>
internal sealed class PastAlarms(
    BackTestEngine engine, Func<RuleSetting> setting, PackCatalog packs, RulesetAlarms known, RawReadings raw, AlarmDesk desk)
{
    /// <summary>Recorded in one transaction: what comes in meanwhile waits for it.</summary>
    private const int BatchMax = 200;

    /// <param name="fromUs">Event time, Unix microseconds, inclusive.</param>
    /// <param name="toUs">Exclusive.</param>
    /// <param name="deviceId">Only this device; null for all.</param>
    /// <param name="by">Who asked.</param>
    /// <param name="progress">Told the share done, 0 to 1; from several threads.</param>
    /// <exception cref="BackTestLimitException">The range holds too much.</exception>
    public async Task<PastAlarmsReport> RaiseAsync(long fromUs, long toUs, string? deviceId, string by, Action<double> progress, CancellationToken cancellation)
    {
        var devices = new HashSet<string>(StringComparer.Ordinal);
        if (deviceId is not null)
            devices.Add(deviceId);
        var rulesets = setting().Rulesets;
        var raised = new Dictionary<string, long>(StringComparer.Ordinal);
        var (before, holding, beyond) = (0L, 0L, 0L);
        for (var i = 0; i < rulesets.Count; i++)
        {
            var ruleset = rulesets[i];
            if (!packs.Current.TryGetProduct(ruleset.Definition.ProductId, out var product))
                continue;
            var request = new BackTestRequest(ruleset.Definition, ruleset.Version, null, fromUs, toUs, devices) { KeepsSignals = true };
            var done = i;
            var run = await engine.RunAsync(
                product, ruleset.Definition, ruleset.Version, request, beside: 1, share => progress((done + share) / rulesets.Count), cancellation);
            var real = new AlarmMatch<JudgedAlarm>(
                known.Between(ruleset.Definition.Id, fromUs, toUs, devices), a => (a.Rule, a.Subject), a => (a.FirstUs, a.LastUs));
            var missing = new List<BackTestAlarm>();
            foreach (var alarm in run.Alarms)
            {
                if (real.Find(alarm.Rule, alarm.Subject, alarm.RaisedUs, alarm.ClearedUs ?? toUs).Any())
                    before++;
                else if (alarm.ClearedUs is null)
                    holding++;
                else
                    missing.Add(alarm);
            }

            foreach (var batch in missing.Chunk(BatchMax))
            {
                cancellation.ThrowIfCancellationRequested();
                await desk.AddPastAsync([.. batch.Select(a => (WithPosition(a.Raise!), a.Clear!))], by, cancellation);
                foreach (var alarm in batch)
                    raised[alarm.Rule] = raised.GetValueOrDefault(alarm.Rule) + 1;
            }

            beyond += run.Beyond.Values.Sum();
        }

        return new PastAlarmsReport(raised, before, holding, beyond);
    }

    /// <summary>With the place in the log of the message that would have raised it: the way back to its bytes.</summary>
    private AlarmRaise WithPosition(AlarmRaise raise) => raw.PositionAt(raise.DeviceId, raise.EventUs) is { } position ? raise with { Position = position } : raise;
}
