namespace Garam.Platform.Alarms;

/// <summary>How the words of alarms are written in SQL and JSON: <c>raised</c>, <c>critical</c>.</summary>
public static class AlarmNames
{
    public static string Of(AlarmState state) => state switch
    {
        AlarmState.Raised => "raised",
        AlarmState.Acknowledged => "acknowledged",
        AlarmState.Cleared => "cleared",
        AlarmState.Resolved => "resolved",
        _ => "closed",
    };

    public static string Of(Severity severity) => severity switch
    {
        Severity.Critical => "critical",
        Severity.High => "high",
        Severity.Medium => "medium",
        _ => "low",
    };

    public static string Of(AlarmVerdict verdict) => verdict == AlarmVerdict.Confirmed ? "confirmed" : "dismissed";

    public static string Of(AlarmChange change) => change.ToString().ToLowerInvariant();

    /// <summary>The parts of a follow-up: <c>queue</c>, <c>notify</c>, <c>action</c>; <c>log</c> when there is none of them.</summary>
    public static IReadOnlyList<string> Of(FollowUp followUp)
    {
        if (followUp == FollowUp.Log)
            return ["log"];
        var parts = new List<string>(3);
        if (followUp.HasFlag(FollowUp.Queue))
            parts.Add("queue");
        if (followUp.HasFlag(FollowUp.Notify))
            parts.Add("notify");
        if (followUp.HasFlag(FollowUp.Action))
            parts.Add("action");
        return parts;
    }

    public static bool TryState(string text, out AlarmState state) => Enum.TryParse(text, ignoreCase: true, out state) && Of(state) == text;

    public static bool TrySeverity(string text, out Severity severity) => Enum.TryParse(text, ignoreCase: true, out severity) && Of(severity) == text;
}
