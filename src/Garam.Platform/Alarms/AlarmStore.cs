using Dapper;
using Garam.Platform.Sql;

namespace Garam.Platform.Alarms;

/// <summary>The alarms as committed, for those who read. Thread-safe.</summary>
public sealed class AlarmStore(Database database)
{
    /// <summary>Alarms removed in one transaction, so that no writer waits long.</summary>
    private const int ExpireStep = 500;

    public Alarm? Find(long id)
    {
        using var connection = database.Connect();
        return connection.QuerySingleOrDefault<AlarmRow>($"SELECT {AlarmRow.Columns} FROM alarms WHERE id = @id", new { id })?.ToAlarm();
    }

    /// <summary>Alarms in the order of their numbers, newest first.</summary>
    public IReadOnlyList<Alarm> List(AlarmFilter filter, int limit)
    {
        var parameters = new DynamicParameters();
        parameters.Add("limit", limit);
        using var connection = database.Connect();
        return [.. connection.Query<AlarmRow>(
            $"SELECT {AlarmRow.Columns} FROM alarms WHERE {Condition(filter, parameters)} ORDER BY id DESC LIMIT @limit", parameters).Select(r => r.ToAlarm())];
    }

    /// <summary>How many there are of each state and severity.</summary>
    /// <param name="customer">Only this customer's; null counts all.</param>
    public IReadOnlyList<(AlarmState State, Severity Severity, long Count)> Count(string? customer = null)
    {
        using var connection = database.Connect();
        return [.. connection.Query<(string State, long Severity, long Count)>(
            "SELECT state, severity, COUNT(*) FROM alarms WHERE (@customer IS NULL OR customer_id = @customer) GROUP BY state, severity", new { customer })
            .Select(r => (Enum.Parse<AlarmState>(r.State, ignoreCase: true), (Severity)r.Severity, r.Count))];
    }

    /// <summary>What happened to an alarm, oldest first, at most <paramref name="limit"/> lines behind a number.</summary>
    public IReadOnlyList<AlarmHistoryLine> History(long alarmId, long after, int limit)
    {
        using var connection = database.Connect();
        return [.. connection.Query<AlarmHistoryLine>(
            """
            SELECT id AS Id, at_us AS AtUs, change AS Change, made_by AS MadeBy, note AS Note FROM alarm_history
            WHERE alarm_id = @alarmId AND id > @after ORDER BY id LIMIT @limit
            """,
            new { alarmId, after, limit })];
    }

    /// <summary>Removes closed alarms, whose condition does not hold, that nothing has happened to since a moment; returns how many went.</summary>
    internal int Expire(long beforeUs)
    {
        var removed = 0;
        for (var step = ExpireStep; step == ExpireStep; removed += step)
        {
            using var connection = database.Connect();
            using var transaction = connection.BeginTransaction();
            var ids = connection.Query<long>(
                "SELECT id FROM alarms WHERE state = 'closed' AND is_lasting = 0 AND changed_us < @beforeUs ORDER BY id LIMIT @limit",
                new { beforeUs, limit = ExpireStep }, transaction).Select(id => new { id }).ToList();
            connection.Execute("DELETE FROM alarm_history WHERE alarm_id = @id", ids, transaction);
            connection.Execute("DELETE FROM alarm_actions WHERE alarm_id = @id", ids, transaction);
            connection.Execute("DELETE FROM alarm_devices WHERE alarm_id = @id", ids, transaction);
            connection.Execute("DELETE FROM alarms WHERE id = @id", ids, transaction);
            transaction.Commit();
            step = ids.Count;
        }

        return removed;
    }

    private static string Condition(AlarmFilter filter, DynamicParameters parameters)
    {
        var parts = new List<string> { "id < @before" };
        parameters.Add("before", filter.Before);
        In("state", filter.States?.Select(s => (object)AlarmNames.Of(s)));
        In("severity", filter.Severities?.Select(s => (object)(long)s));
        if (filter.RaisedOnly)
            Equal("device_id", filter.Device);
        else if (filter.Device is { } device)
            Add("id IN (SELECT id FROM alarms WHERE device_id = @device UNION ALL SELECT alarm_id FROM alarm_devices WHERE device_id = @device)", "device", device);
        Equal("site_id", filter.Site);
        Equal("customer_id", filter.Customer);
        Equal("product_id", filter.Product);
        Equal("ruleset", filter.Ruleset);
        Equal("rule", filter.Rule);
        Equal("arm", filter.Arm);
        if (filter.QueueOnly)
            parts.Add($"(follow_up & {(int)FollowUp.Queue}) <> 0");
        if (filter.FromUs is { } from)
            Add("first_us >= @from", "from", from);
        if (filter.ToUs is { } to)
            Add("first_us < @to", "to", to);
        if (filter.Text is { } text)
            Add(@"search LIKE @text ESCAPE '\'", "text", $"%{text.ToLowerInvariant().Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_")}%");
        return string.Join(" AND ", parts);

        void Equal(string column, string? value)
        {
            if (value is not null)
                Add($"{column} = @{column}", column, value);
        }

        void In(string column, IEnumerable<object>? values)
        {
            if (values?.ToList() is not { Count: > 0 } list)
                return;
            parts.Add($"{column} IN ({string.Join(", ", list.Select((_, i) => $"@{column}{i}"))})");
            for (var i = 0; i < list.Count; i++)
                parameters.Add($"{column}{i}", list[i]);
        }

        void Add(string condition, string name, object value)
        {
            parts.Add(condition);
            parameters.Add(name, value);
        }
    }
}
