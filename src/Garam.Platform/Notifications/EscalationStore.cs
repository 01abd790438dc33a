using Dapper;
using Garam.Platform.Sql;

namespace Garam.Platform.Notifications;

/// <summary>The escalations' table, for the loop that takes the steps.</summary>
internal sealed class EscalationStore(Database database)
{
    private const string Columns = "alarm_id AS AlarmId, route AS Route, event_id AS EventId, next_step AS NextStep, due_us AS DueUs, record_step AS RecordStep";

    public IReadOnlyList<Escalation> Due(long nowUs, int limit) => List("due_us <= @nowUs AND record_step IS NULL ORDER BY due_us", nowUs, limit);

    /// <summary>Steps that were taken and are not yet in the alarms' histories.</summary>
    public IReadOnlyList<Escalation> Unrecorded(int limit) => List("record_step IS NOT NULL ORDER BY alarm_id", 0, limit);

    public long? NextDueUs()
    {
        using var connection = database.Connect();
        return connection.ExecuteScalar<long?>("SELECT MIN(due_us) FROM notification_escalations WHERE record_step IS NULL");
    }

    /// <summary>Takes a step: the messages are in the outbox and the next step is set, or nothing happened because somebody was faster.</summary>
    public bool Take(Escalation escalation, IReadOnlyCollection<Notification> messages, long? nextDueUs)
    {
        using var connection = database.Connect();
        using var transaction = connection.BeginTransaction();
        var taken = connection.Execute(
            """
            UPDATE notification_escalations SET next_step = next_step + 1, due_us = @nextDueUs, record_step = @NextStep
            WHERE alarm_id = @AlarmId AND route = @Route AND event_id = @EventId AND next_step = @NextStep AND due_us = @DueUs
            """,
            new { escalation.AlarmId, escalation.Route, escalation.EventId, escalation.NextStep, escalation.DueUs, nextDueUs }, transaction);
        if (taken == 0)
            return false;
        NotificationStore.InsertRows(connection, transaction, messages);
        transaction.Commit();
        return true;
    }

    /// <summary>The step is in the history; an escalation without a next step is over.</summary>
    public void Recorded(Escalation escalation)
    {
        using var connection = database.Connect();
        using var transaction = connection.BeginTransaction();
        connection.Execute("UPDATE notification_escalations SET record_step = NULL WHERE alarm_id = @AlarmId AND route = @Route", escalation, transaction);
        connection.Execute(
            "DELETE FROM notification_escalations WHERE alarm_id = @AlarmId AND route = @Route AND due_us IS NULL", escalation, transaction);
        transaction.Commit();
    }

    /// <summary>Ends one whose route is no longer configured.</summary>
    public void Remove(Escalation escalation)
    {
        using var connection = database.Connect();
        connection.Execute("DELETE FROM notification_escalations WHERE alarm_id = @AlarmId AND route = @Route", escalation);
    }

    private List<Escalation> List(string which, long nowUs, int limit)
    {
        using var connection = database.Connect();
        return [.. connection.Query<Row>($"SELECT {Columns} FROM notification_escalations WHERE {which} LIMIT @limit", new { nowUs, limit })
            .Select(r => new Escalation(r.AlarmId, r.Route, r.EventId, (int)r.NextStep, r.DueUs, (int?)r.RecordStep))];
    }

    private sealed class Row
    {
        public long AlarmId { get; init; }
        public string Route { get; init; } = "";
        public long EventId { get; init; }
        public long NextStep { get; init; }
        public long? DueUs { get; init; }
        public long? RecordStep { get; init; }
    }
}
