using System.Data.Common;
using Dapper;

namespace Garam.Platform.Alarms;

/// <summary>
/// The desk's statements, inside its transaction. New and changed alarms are gathered and written by <see cref="Write"/>, with one prepared
/// statement for all: in a storm that is most of the work.
/// </summary>
internal sealed class AlarmTable : IDisposable
{
    private readonly Dictionary<long, StoredAlarm> _inserted = [];
    private readonly Dictionary<long, StoredAlarm> _updated = [];
    private readonly HashSet<AlarmKey> _touched = [];
    private readonly long _nowUs;
    private readonly DbCommand _find;
    private readonly DbCommand _newest;
    private Func<DbDataReader, AlarmRow>? _parser;

    public AlarmTable(DbConnection connection, DbTransaction transaction, long nowUs)
    {
        Connection = connection;
        Transaction = transaction;
        _nowUs = nowUs;
        _find = Command($"SELECT {AlarmRow.Columns} FROM alarms WHERE id = @id", "@id");
        _newest = Command("SELECT id FROM alarms WHERE ruleset = @ruleset AND rule = @rule AND subject = @subject ORDER BY id DESC LIMIT 1", "@ruleset", "@rule", "@subject");
    }

    public DbConnection Connection { get; }

    public DbTransaction Transaction { get; }

    public void Dispose()
    {
        _find.Dispose();
        _newest.Dispose();
    }

    public StoredAlarm? Find(long id)
    {
        if (_updated.TryGetValue(id, out var gathered) || _inserted.TryGetValue(id, out gathered))
            return gathered;
        _find.Parameters[0].Value = id;
        using var reader = _find.ExecuteReader();
        return reader.Read() ? (_parser ??= reader.GetRowParser<AlarmRow>())(reader).ToStored() : null;
    }

    /// <summary>The newest alarm of a key; null when there is none.</summary>
    public StoredAlarm? Newest(AlarmKey key)
    {
        if (_touched.Contains(key))
            Write();
        _newest.Parameters[0].Value = key.Ruleset;
        _newest.Parameters[1].Value = key.Rule;
        _newest.Parameters[2].Value = key.Subject;
        return _newest.ExecuteScalar() is long id ? Find(id) : null;
    }

    /// <summary>Alarms of a key that the platform raised after a moment, counted up to a limit.</summary>
    public int RaisedSince(AlarmKey key, long sinceUs, int limit) =>
        Connection.Query<long>(
            "SELECT raised_us FROM alarms WHERE ruleset = @Ruleset AND rule = @Rule AND subject = @Subject ORDER BY id DESC LIMIT @limit",
            new { key.Ruleset, key.Rule, key.Subject, limit }, Transaction).Count(raised => raised > sinceUs);

    public void Insert(StoredAlarm alarm)
    {
        _inserted[alarm.Alarm.Id] = alarm;
        _touched.Add(alarm.Alarm.Key);
    }

    public void Update(StoredAlarm alarm)
    {
        if (_inserted.ContainsKey(alarm.Alarm.Id))
            _inserted[alarm.Alarm.Id] = alarm;
        else
            _updated[alarm.Alarm.Id] = alarm;
    }

    /// <summary>Writes what was gathered.</summary>
    public void Write()
    {
        if (_inserted.Count > 0)
        {
            Connection.Execute(AlarmRow.Insert, _inserted.Values.Select(a => AlarmRow.Of(a, _nowUs, isNew: true)), Transaction);
            // A device may be listed twice by whoever raises; the table takes each once.
            var further = _inserted.Values.SelectMany(a => a.Alarm.Devices.Where(d => d != a.Alarm.DeviceId).Distinct(StringComparer.Ordinal).Select(d => new { device = d, alarm = a.Alarm.Id }));
            if (further.ToList() is { Count: > 0 } rows)
                Connection.Execute("INSERT INTO alarm_devices (device_id, alarm_id) VALUES (@device, @alarm)", rows, Transaction);
        }

        if (_updated.Count > 0)
            Connection.Execute(AlarmRow.Update, _updated.Values.Select(a => AlarmRow.Of(a, _nowUs, isNew: false)), Transaction);
        _inserted.Clear();
        _updated.Clear();
        _touched.Clear();
    }

    /// <summary>Writes figures only: no change that a person would call one.</summary>
    public void Progress(IEnumerable<LiveAlarm> alarms) => Connection.Execute(
        "UPDATE alarms SET last_position = @LastPosition, last_us = @LastUs, count = @Count, worst = @worst WHERE id = @Id",
        alarms.Select(a => new { a.LastPosition, a.LastUs, a.Count, worst = double.IsFinite(a.Worst) ? a.Worst : (double?)null, a.Id }), Transaction);

    /// <summary>Cleared and resolved alarms that nothing has happened to since a moment, and whose condition does not hold.</summary>
    public IReadOnlyList<long> Forgotten(long beforeUs, int limit)
    {
        Write();
        return [.. Connection.Query<long>(
            """
            SELECT id FROM alarms WHERE state IN ('cleared', 'resolved') AND is_lasting = 0 AND changed_us <= @beforeUs ORDER BY id LIMIT @limit
            """,
            new { beforeUs, limit }, Transaction)];
    }

    public void AddHistory(long firstId, IReadOnlyList<AlarmEvent> events) => Connection.Execute(
        "INSERT INTO alarm_history (id, alarm_id, at_us, change, made_by, note) VALUES (@id, @alarm, @AtUs, @change, @By, @Note)",
        events.Select((e, i) => new { id = firstId + i, alarm = e.Alarm.Id, e.AtUs, change = AlarmNames.Of(e.Change), e.By, e.Note }), Transaction);

    public void AddAction(long alarmId, string action, long dueUs) => Connection.Execute(
        "INSERT INTO alarm_actions (alarm_id, action, attempts, due_us) VALUES (@alarmId, @action, 0, @dueUs) ON CONFLICT (alarm_id, action) DO NOTHING",
        new { alarmId, action, dueUs }, Transaction);

    public void DelayAction(long alarmId, string action, long dueUs) => Connection.Execute(
        "UPDATE alarm_actions SET attempts = attempts + 1, due_us = @dueUs WHERE alarm_id = @alarmId AND action = @action",
        new { alarmId, action, dueUs }, Transaction);

    public void RemoveAction(long alarmId, string action) => Connection.Execute(
        "DELETE FROM alarm_actions WHERE alarm_id = @alarmId AND action = @action", new { alarmId, action }, Transaction);

    public AlarmNumbers Numbers() => Connection.QuerySingle<AlarmNumbers>(
        "SELECT alarm_id AS Alarm, history_id AS History, quiet_id AS Quiet FROM alarm_desk WHERE id = 1", transaction: Transaction);

    public void Save(AlarmNumbers numbers) => Connection.Execute(
        "UPDATE alarm_desk SET alarm_id = @Alarm, history_id = @History, quiet_id = @Quiet, written_us = @nowUs WHERE id = 1",
        new { numbers.Alarm, numbers.History, numbers.Quiet, nowUs = _nowUs }, Transaction);

    private DbCommand Command(string sql, params ReadOnlySpan<string> parameters)
    {
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = Transaction;
        foreach (var name in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
