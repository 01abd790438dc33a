using Dapper;
using Garam.Platform.Rules.BackTest;
using Garam.Platform.Sql;

namespace Garam.Platform.Rules;

/// <summary>What the alarms' table says of rulesets. Reads only.</summary>
public sealed class RulesetAlarms(Database database)
{
    /// <summary>Real alarms that a back-test looks at, at most.</summary>
    private const int AlarmsMax = 200_000;

    /// <summary>How many alarms of each ruleset last: their condition holds.</summary>
    public IReadOnlyDictionary<string, long> Lasting()
    {
        using var connection = database.Connect();
        return connection.Query<(string Ruleset, long Count)>("SELECT ruleset, COUNT(*) FROM alarms WHERE is_lasting = 1 GROUP BY ruleset")
            .ToDictionary(r => r.Ruleset, r => r.Count, StringComparer.Ordinal);
    }

    /// <summary>What each arm of a trial has raised since it began.</summary>
    internal IReadOnlyDictionary<string, ArmCount> ByArm(string ruleset, long sinceUs)
    {
        using var connection = database.Connect();
        return connection.Query<(string Arm, long Raised, long Confirmed, long Dismissed)>(
            """
            SELECT arm, COUNT(*), SUM(CASE WHEN verdict = 'confirmed' THEN 1 ELSE 0 END), SUM(CASE WHEN verdict = 'dismissed' THEN 1 ELSE 0 END)
            FROM alarms WHERE ruleset = @ruleset AND arm IS NOT NULL AND raised_us >= @sinceUs GROUP BY arm
            """,
            new { ruleset, sinceUs }).ToDictionary(r => r.Arm, r => new ArmCount(r.Raised, r.Confirmed, r.Dismissed), StringComparer.Ordinal);
    }

    /// <summary>The alarms of a ruleset that were really raised in a stretch of time, oldest first.</summary>
    /// <param name="devices">Only those of these devices; empty takes all.</param>
    internal IReadOnlyList<JudgedAlarm> Between(string ruleset, long fromUs, long toUs, IReadOnlySet<string> devices)
    {
        using var connection = database.Connect();
        return [.. connection.Query<(string Rule, string Subject, string Device, long FirstUs, long LastUs, string? Verdict)>(
            """
            SELECT rule, subject, device_id, first_us, last_us, verdict FROM alarms
            WHERE ruleset = @ruleset AND first_us < @toUs AND last_us >= @fromUs ORDER BY first_us LIMIT @max
            """,
            new { ruleset, fromUs, toUs, max = AlarmsMax })
            .Where(a => devices.Count == 0 || devices.Contains(a.Device))
            .Select(a => new JudgedAlarm(a.Rule, a.Subject, a.FirstUs, a.LastUs, a.Verdict))];
    }
}
