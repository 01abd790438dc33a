using System.Data.Common;
using Dapper;

namespace Garam.Platform.Alarms;

/// <summary>The desk's statements, inside its transaction.</summary>
internal sealed class AlarmTable(DbConnection connection, DbTransaction transaction)
{
    public DbConnection Connection { get; } = connection;

    public DbTransaction Transaction { get; } = transaction;

    public StoredAlarm? Find(long id) =>
        Connection.QuerySingleOrDefault<AlarmRow>($"SELECT {AlarmRow.Columns} FROM alarms WHERE id = @id", new { id }, Transaction)?.ToStored();

    /// <summary>The newest alarm of a key; null when there is none.</summary>
    public StoredAlarm? Newest(AlarmKey key) =>
        Connection.QuerySingleOrDefault<AlarmRow>(
            $"""
            SELECT {AlarmRow.Columns} FROM alarms WHERE ruleset = @Ruleset AND rule = @Rule AND subject = @Subject ORDER BY id DESC LIMIT 1
            """,
            key, Transaction)?.ToStored();

    /// <summary>Alarms of a key that the platform raised after a moment, counted up to a limit.</summary>
    public int RaisedSince(AlarmKey key, long sinceUs, int limit) =>
        Connection.Query<long>(
            "SELECT raised_us FROM alarms WHERE ruleset = @Ruleset AND rule = @Rule AND subject = @Subject ORDER BY id DESC LIMIT @limit",
            new { key.Ruleset, key.Rule, key.Subject, limit }, Transaction).Count(raised => raised > sinceUs);

    public void Insert(StoredAlarm alarm, long nowUs) => Connection.Execute(AlarmRow.Insert, AlarmRow.Of(alarm, nowUs, isNew: true), Transaction);

    public void Update(StoredAlarm alarm, long nowUs) => Connection.Execute(AlarmRow.Update, AlarmRow.Of(alarm, nowUs, isNew: false), Transaction);

    /// <summary>Writes figures only: no change that a person would call one.</summary>
    public void Progress(IEnumerable<LiveAlarm> alarms) => Connection.Execute(
        "UPDATE alarms SET last_position = @LastPosition, last_us = @LastUs, count = @Count, worst = @worst WHERE id = @Id",
        alarms.Select(a => new { a.LastPosition, a.LastUs, a.Count, worst = double.IsFinite(a.Worst) ? a.Worst : (double?)null, a.Id }), Transaction);

    /// <summary>Cleared and resolved alarms that nothing has happened to since a moment, and whose condition does not hold.</summary>
    public IReadOnlyList<long> Forgotten(long beforeUs, int limit) =>
        [.. Connection.Query<long>(
            """
            SELECT id FROM alarms WHERE state IN ('cleared', 'resolved') AND is_lasting = 0 AND changed_us <= @beforeUs ORDER BY id LIMIT @limit
            """,
            new { beforeUs, limit }, Transaction)];

    public void AddHistory(long firstId, IReadOnlyList<AlarmEvent> events) => Connection.Execute(
        "INSERT INTO alarm_history (id, alarm_id, at_us, change, made_by, note) VALUES (@id, @alarm, @AtUs, @change, @By, @Note)",
        events.Select((e, i) => new { id = firstId + i, alarm = e.Alarm.Id, e.AtUs, change = AlarmNames.Of(e.Change), e.By, e.Note }), Transaction);

    public AlarmNumbers Numbers() => Connection.QuerySingle<AlarmNumbers>(
        "SELECT alarm_id AS Alarm, history_id AS History, quiet_id AS Quiet FROM alarm_desk WHERE id = 1", transaction: Transaction);

    public void Save(AlarmNumbers numbers, long nowUs) => Connection.Execute(
        "UPDATE alarm_desk SET alarm_id = @Alarm, history_id = @History, quiet_id = @Quiet, written_us = @nowUs WHERE id = 1",
        new { numbers.Alarm, numbers.History, numbers.Quiet, nowUs }, Transaction);
}
