using System.Data.Common;
using System.Globalization;
using Dapper;
using Garam.Platform.Alarms;
using Garam.Platform.Sql;

namespace Garam.Platform.Notifications;

/// <summary>
/// The outbox's tables, as those see them who fill and read it; <see cref="SendQueue"/> is the side of the channels. Thread-safe: every call has
/// a connection of its own, but for <see cref="Insert"/>, which has the caller's.
/// </summary>
internal sealed class NotificationStore(Database database)
{
    internal const string Columns = """
        id AS Id, key AS Key, event_id AS EventId, alarm_id AS AlarmId, route AS Route, channel AS Channel, recipient AS Recipient,
        language AS Language, change AS Change, step AS Step, severity AS Severity, product_id AS ProductId, device_id AS DeviceId,
        site_id AS SiteId, customer_id AS CustomerId, state AS State, message AS Message, attempts AS Attempts, created_us AS CreatedUs,
        due_us AS DueUs, expires_us AS ExpiresUs, sent_us AS SentUs, error AS Error
        """;

    /// <summary>Newest ids of events and notifications; 0 when there are none.</summary>
    public (long Event, long Notification) LastIds()
    {
        using var connection = database.Connect();
        return (connection.ExecuteScalar<long?>("SELECT MAX(id) FROM notification_events") ?? 0,
            connection.ExecuteScalar<long?>("SELECT MAX(id) FROM notifications") ?? 0);
    }

    public void Insert(DbConnection connection, DbTransaction transaction, OutboxBatch batch)
    {
        if (batch.EndedEscalations.Count > 0)
        {
            var ended = batch.EndedEscalations.Select(alarm => new { alarm }).ToList();
            connection.Execute("DELETE FROM notification_escalations WHERE alarm_id = @alarm AND record_step IS NULL", ended, transaction);
            connection.Execute("UPDATE notification_escalations SET due_us = NULL WHERE alarm_id = @alarm", ended, transaction);
            connection.Execute(
                "UPDATE notifications SET state = 'cancelled' WHERE alarm_id = @alarm AND step > 0 AND state = 'waiting' AND message IS NULL", ended, transaction);
        }

        if (batch.Events.Count == 0)
            return;
        connection.Execute(
            """
            INSERT INTO notification_events (id, alarm_id, change, at_us, by_whom, note, alarm)
            VALUES (@Id, @AlarmId, @Change, @AtUs, @By, @Note, @Alarm)
            """,
            batch.Events.Select(e => new
            {
                e.Id, AlarmId = e.Event.Alarm.Id, Change = e.Event.Change.ToString(), e.Event.AtUs, e.Event.By, e.Event.Note,
                Alarm = AlarmSnapshot.Write(e.Event.Alarm),
            }),
            transaction);
        InsertRows(connection, transaction, batch.Notifications);
        connection.Execute(
            """
            INSERT INTO notification_escalations (alarm_id, route, event_id, next_step, due_us) VALUES (@AlarmId, @Route, @EventId, @NextStep, @DueUs)
            ON CONFLICT (alarm_id, route) DO UPDATE SET event_id = @EventId, next_step = @NextStep, due_us = @DueUs
            """,
            batch.Escalations, transaction);
    }

    public IReadOnlyDictionary<string, long> CountWaiting()
    {
        using var connection = database.Connect();
        return connection.Query<(string Channel, long Count)>("SELECT channel, COUNT(*) FROM notifications WHERE state = 'waiting' GROUP BY channel")
            .ToDictionary(r => r.Channel, r => r.Count, StringComparer.Ordinal);
    }

    /// <summary>Rows newest first, those older than <paramref name="before"/>; a null filter fits everything.</summary>
    public IReadOnlyList<Notification> List(NotificationFilter filter, long before, int limit)
    {
        using var connection = database.Connect();
        return [.. connection.Query<NotificationRow>(
            $"""
            SELECT {Columns} FROM notifications
            WHERE id < @before AND (@State IS NULL OR state = @State) AND (@Channel IS NULL OR channel = @Channel)
              AND (@Route IS NULL OR route = @Route) AND (@Alarm IS NULL OR alarm_id = @Alarm) AND (@Customer IS NULL OR customer_id = @Customer)
            ORDER BY id DESC LIMIT @limit
            """,
            new { before, limit, State = filter.State?.ToString().ToLowerInvariant(), filter.Channel, filter.Route, filter.Alarm, filter.Customer })
            .Select(r => r.ToNotification())];
    }

    public Notification? Find(long id)
    {
        using var connection = database.Connect();
        return connection.QuerySingleOrDefault<NotificationRow>($"SELECT {Columns} FROM notifications WHERE id = @id", new { id })?.ToNotification();
    }

    /// <summary>A failed one waits again, for a whole life. False: it was not failed.</summary>
    public bool Retry(long id, long nowUs, long expiresUs)
    {
        using var connection = database.Connect();
        return connection.Execute(
            """
            UPDATE notifications SET state = 'waiting', message = NULL, attempts = 0, due_us = @nowUs, expires_us = @expiresUs
            WHERE id = @id AND state = 'failed'
            """,
            new { id, nowUs, expiresUs }) > 0;
    }

    /// <summary>The events of these ids; what is damaged is left out.</summary>
    public IReadOnlyDictionary<long, AlarmEvent> Events(IReadOnlyCollection<long> ids)
    {
        using var connection = database.Connect();
        var found = new Dictionary<long, AlarmEvent>();
        foreach (var id in ids)
        {
            if (connection.QuerySingleOrDefault<EventRow>(
                "SELECT change AS Change, at_us AS AtUs, by_whom AS ByWhom, note AS Note, alarm AS Alarm FROM notification_events WHERE id = @id", new { id })
                is { } row)
            {
                found[id] = row.ToEvent();
            }
        }

        return found;
    }

    /// <summary>Removes what was settled before; returns how many notifications went. The newest row stays, so that no id is given twice.</summary>
    public int Prune(long beforeUs)
    {
        using var connection = database.Connect();
        using var transaction = connection.BeginTransaction();
        var gone = connection.Execute(
            "DELETE FROM notifications WHERE state <> 'waiting' AND created_us < @beforeUs AND id < (SELECT MAX(id) FROM notifications)", new { beforeUs }, transaction);
        connection.Execute(
            """
            DELETE FROM notification_events WHERE at_us < @beforeUs AND id < (SELECT MAX(id) FROM notification_events)
              AND NOT EXISTS (SELECT 1 FROM notifications WHERE notifications.event_id = notification_events.id)
              AND NOT EXISTS (SELECT 1 FROM notification_escalations WHERE notification_escalations.event_id = notification_events.id)
            """,
            new { beforeUs }, transaction);
        transaction.Commit();
        return gone;
    }

    private sealed class EventRow
    {
        public string Change { get; init; } = "";
        public long AtUs { get; init; }
        public string? ByWhom { get; init; }
        public string? Note { get; init; }
        public string Alarm { get; init; } = "";

        public AlarmEvent ToEvent() => new(Enum.Parse<AlarmChange>(Change), AlarmSnapshot.Read(Alarm), AtUs, ByWhom, Note);
    }

    internal static void InsertRows(DbConnection connection, DbTransaction transaction, IReadOnlyCollection<Notification> notifications) => connection.Execute(
        """
        INSERT INTO notifications (id, key, event_id, alarm_id, route, channel, recipient, language, change, step, severity, product_id, device_id,
          site_id, customer_id, state, attempts, created_us, due_us, expires_us)
        VALUES (@Id, @Key, @EventId, @AlarmId, @Route, @Channel, @Recipient, @Language, @Change, @Step, @Severity, @ProductId, @DeviceId,
          @SiteId, @CustomerId, 'waiting', 0, @CreatedUs, @DueUs, @ExpiresUs)
        ON CONFLICT (key) DO NOTHING
        """,
        notifications.Select(n => new
        {
            n.Id, n.Key, n.EventId, n.AlarmId, n.Route, n.Channel, n.Recipient, n.Language, Change = n.Change.ToString(), n.Step, Severity = (int)n.Severity,
            n.ProductId, n.DeviceId, n.SiteId, n.CustomerId, n.CreatedUs, n.DueUs, n.ExpiresUs,
        }),
        transaction);
}
