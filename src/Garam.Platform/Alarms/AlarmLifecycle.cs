using Garam.Platform.Rest;

namespace Garam.Platform.Alarms;

/// <summary>
/// The life of an alarm as people lead it. A raised one may be acknowledged; all but closed ones may be resolved (once) or dismissed; cleared
/// and resolved ones may be closed. An open alarm cannot be closed without saying what it was: it would be raised no more while its
/// condition lasts, and nobody could tell why.
/// </summary>
internal static class AlarmLifecycle
{
    /// <summary>The alarm after an order; when it is not possible, as it is, and why.</summary>
    public static (Alarm Alarm, AlarmChange Change, string? Refusal) Take(Alarm alarm, AlarmOrder order, long nowUs)
    {
        if (order.Revision is { } revision && revision != alarm.Revision)
            return (alarm, default, $"It was changed meanwhile: its revision is {alarm.Revision}, not {revision}. It is {StateOf(alarm)}.");
        return order.Kind switch
        {
            AlarmOrderKind.Acknowledge when alarm.State == AlarmState.Raised => Done(AlarmChange.Acknowledged, alarm with
            {
                State = AlarmState.Acknowledged, AcknowledgedBy = order.By, AcknowledgedUs = nowUs,
            }),
            AlarmOrderKind.Resolve when alarm.State is not (AlarmState.Resolved or AlarmState.Closed) => Done(AlarmChange.Resolved, alarm with
            {
                State = AlarmState.Resolved, ResolvedBy = order.By, ResolvedUs = nowUs, Note = order.Note ?? alarm.Note,
                Verdict = order.IsConfirmed ? AlarmVerdict.Confirmed : alarm.Verdict,
            }),
            AlarmOrderKind.Dismiss when alarm.State != AlarmState.Closed => Done(AlarmChange.Dismissed, alarm with
            {
                State = AlarmState.Closed, ResolvedBy = order.By, ResolvedUs = nowUs, ClosedUs = nowUs, Note = order.Note,
                Verdict = AlarmVerdict.Dismissed,
            }),
            AlarmOrderKind.Close when alarm.State is AlarmState.Cleared or AlarmState.Resolved => Done(AlarmChange.Closed, alarm with
            {
                State = AlarmState.Closed, ClosedUs = nowUs,
            }),
            _ => (alarm, default, $"It is {StateOf(alarm)}; {Possible(alarm.State)}"),
        };
    }

    private static (Alarm, AlarmChange, string?) Done(AlarmChange change, Alarm alarm) =>
        (alarm with { Revision = alarm.Revision + 1 }, change, null);

    /// <summary>The state with who brought it there, and when: what the second of two people must know.</summary>
    private static string StateOf(Alarm alarm) => alarm switch
    {
        { State: AlarmState.Acknowledged } => $"acknowledged, by {alarm.AcknowledgedBy} at {TimeParameter.Format(alarm.AcknowledgedUs!.Value)}",
        { State: AlarmState.Resolved } => $"resolved, by {alarm.ResolvedBy} at {TimeParameter.Format(alarm.ResolvedUs!.Value)}",
        { State: AlarmState.Closed, Verdict: AlarmVerdict.Dismissed } => $"dismissed as a false alarm, by {alarm.ResolvedBy} at {TimeParameter.Format(alarm.ClosedUs!.Value)}",
        { State: AlarmState.Closed } => $"closed, since {TimeParameter.Format(alarm.ClosedUs!.Value)}",
        { State: AlarmState.Cleared } => $"cleared, since {TimeParameter.Format(alarm.ClearedUs!.Value)}",
        _ => "raised",
    };

    private static string Possible(AlarmState state) => state switch
    {
        AlarmState.Raised => "acknowledge, resolve or dismiss it.",
        AlarmState.Acknowledged => "resolve or dismiss it.",
        AlarmState.Cleared => "resolve, dismiss or close it.",
        AlarmState.Resolved => "dismiss or close it.",
        _ => "nothing more can be done with it.",
    };
}
