using System.Globalization;
using Garam.Platform.Rest;

namespace Garam.Platform.Alarms;

/// <summary>Reads the parameters of a list of alarms.</summary>
internal static class AlarmParameters
{
    /// <summary>Returns what is wrong, for a person; empty when nothing.</summary>
    public static string Filter(
        string? state, string? severity, string? from, string? to, string? cursor, DateTimeOffset now, out AlarmFilter filter)
    {
        filter = new AlarmFilter();
        var states = new HashSet<AlarmState>();
        foreach (var name in Names(state))
        {
            if (name == "open")
                states.UnionWith([AlarmState.Raised, AlarmState.Acknowledged]);
            else if (AlarmNames.TryState(name, out var one))
                states.Add(one);
            else
                return $"state: '{name}' is none of open, raised, acknowledged, cleared, resolved, closed.";
        }

        var severities = new HashSet<Severity>();
        foreach (var name in Names(severity))
        {
            if (!AlarmNames.TrySeverity(name, out var one))
                return $"severity: '{name}' is none of low, medium, high, critical.";
            severities.Add(one);
        }

        long fromUs = 0, toUs = 0;
        if (from is not null && !TimeParameter.TryParse(from, now, out fromUs))
            return $"from: '{from}' is no time. Write 2026-03-01T10:00:00Z, or -1h.";
        if (to is not null && !TimeParameter.TryParse(to, now, out toUs))
            return $"to: '{to}' is no time. Write 2026-03-01T10:00:00Z, or now.";
        var before = long.MaxValue;
        if (cursor is not null && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out before))
            return "cursor must be one that a former answer gave as next.";
        filter = new AlarmFilter
        {
            States = [.. states], Severities = [.. severities], FromUs = from is null ? null : fromUs, ToUs = to is null ? null : toUs, Before = before,
        };
        return "";
    }

    private static string[] Names(string? list) => list?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
