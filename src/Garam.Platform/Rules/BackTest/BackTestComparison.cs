namespace Garam.Platform.Rules.BackTest;

/// <summary>Lays what a draft, the live version and reality raised side by side.</summary>
internal static class BackTestComparison
{
    /// <param name="live">Null when no version is in force.</param>
    /// <param name="real">Alarms that were really raised in the range.</param>
    public static (IReadOnlyList<BackTestRuleTotal> Rules, BackTestQuality Draft, BackTestQuality? Live) Compare(
        BackTestRun draft, BackTestRun? live, IReadOnlyList<JudgedAlarm> real, long toUs)
    {
        MarkShared(draft.Alarms, live?.Alarms ?? [], toUs);
        var draftQuality = Judge(draft.Alarms, real, toUs);
        var liveQuality = live is null ? null : Judge(live.Alarms, real, toUs);
        var rules = draft.Ruleset.Rules.Select(r => r.Id).Concat(live?.Ruleset.Rules.Select(r => r.Id) ?? []).Distinct(StringComparer.Ordinal)
            .Select(id => Total(id, draft, live, real)).ToList();
        return (rules, draftQuality, liveQuality);
    }

    private static void MarkShared(IReadOnlyList<BackTestAlarm> draft, IReadOnlyList<BackTestAlarm> live, long toUs)
    {
        var known = new AlarmMatch<BackTestAlarm>(live, a => (a.Rule, a.Subject), a => (a.RaisedUs, a.ClearedUs ?? toUs));
        foreach (var alarm in draft)
        {
            foreach (var other in known.Find(alarm.Rule, alarm.Subject, alarm.RaisedUs, alarm.ClearedUs ?? toUs))
                alarm.IsShared = other.IsShared = true;
        }
    }

    private static BackTestQuality Judge(IReadOnlyList<BackTestAlarm> alarms, IReadOnlyList<JudgedAlarm> real, long toUs)
    {
        var raised = new AlarmMatch<BackTestAlarm>(alarms, a => (a.Rule, a.Subject), a => (a.RaisedUs, a.ClearedUs ?? toUs));
        long confirmed = 0, confirmedRaised = 0, dismissed = 0, dismissedRaised = 0;
        foreach (var alarm in real.Where(a => a.Verdict is not null))
        {
            var isRaised = false;
            foreach (var match in raised.Find(alarm.Rule, alarm.Subject, alarm.FirstUs, alarm.LastUs))
            {
                isRaised = true;
                // One alarm may stand for several real ones; what was right once is not called false.
                if (match.Verdict != "confirmed")
                    match.Verdict = alarm.Verdict;
            }

            if (alarm.Verdict == "confirmed")
            {
                confirmed++;
                confirmedRaised += isRaised ? 1 : 0;
            }
            else
            {
                dismissed++;
                dismissedRaised += isRaised ? 1 : 0;
            }
        }

        return new BackTestQuality(
            confirmed, confirmedRaised, dismissed, dismissedRaised, alarms.LongCount(a => a.Verdict is null),
            confirmedRaised + dismissedRaised == 0 ? null : (double)confirmedRaised / (confirmedRaised + dismissedRaised),
            confirmed == 0 ? null : (double)confirmedRaised / confirmed);
    }

    private static BackTestRuleTotal Total(string rule, BackTestRun draft, BackTestRun? live, IReadOnlyList<JudgedAlarm> real)
    {
        var ofDraft = draft.Alarms.Where(a => a.Rule == rule).ToList();
        var ofLive = (live?.Alarms ?? []).Where(a => a.Rule == rule).ToList();
        var shared = ofDraft.LongCount(a => a.IsShared);
        return new BackTestRuleTotal(
            rule, ofDraft.Count + draft.Beyond.GetValueOrDefault(rule), ofLive.Count + (live?.Beyond.GetValueOrDefault(rule) ?? 0),
            shared, ofDraft.Count - shared, ofLive.LongCount(a => !a.IsShared), real.LongCount(a => a.Rule == rule));
    }
}
