using Dapper;
using Garam.Platform.Sql;

namespace Garam.Platform.Rules;

/// <summary>What the alarms' table says of rulesets. Reads only.</summary>
public sealed class RulesetAlarms(Database database)
{
    /// <summary>How many alarms of each ruleset last: their condition holds.</summary>
    internal IReadOnlyDictionary<string, long> Lasting()
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
}
