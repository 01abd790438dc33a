namespace Garam.TimeSeries.Storage;

/// <summary>The one connection that writes, with its statements. Used under the store's write gate.</summary>
internal sealed class StoreWriter : IDisposable
{
    private readonly List<SqliteStatement> statements = [];

    public StoreWriter(SqliteDatabase database)
    {
        Database = database;
        Begin = Prepare("BEGIN IMMEDIATE");
        End = Prepare("COMMIT");
        Rollback = Prepare("ROLLBACK");
        PutMeta = Prepare("INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value");
        PutGroup = Prepare(
            "INSERT INTO series_group (id, key, retention_class) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE SET retention_class = excluded.retention_class");
        PutSeries = Prepare("INSERT OR REPLACE INTO series (track_id, track_column, group_id, kind, name) VALUES (?1, ?2, ?3, ?4, ?5)");
        PutOpenBlock = Prepare(
            """
            INSERT INTO open_block (track_id, open_from, raw_horizon, newest, data) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (track_id) DO UPDATE
            SET open_from = excluded.open_from, raw_horizon = excluded.raw_horizon, newest = excluded.newest, data = excluded.data
            """);
        SetHorizon = Prepare("UPDATE open_block SET raw_horizon = max(raw_horizon, ?2) WHERE track_id = ?1");
        InsertBlock = Prepare("INSERT INTO block (track_id, first_time, last_time, row_count, data, in_minutes) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        DeleteBlock = Prepare("DELETE FROM block WHERE id = ?1");
        BlocksInRange = Prepare(StoreReader.BlocksInRange);
        InsertRollup = Prepare("INSERT INTO rollup (track_id, level, first_time, last_time, data) VALUES (?1, ?2, ?3, ?4, ?5)");
        UpdateRollup = Prepare("UPDATE rollup SET first_time = ?2, last_time = ?3, data = ?4 WHERE id = ?1");
        DeleteRollup = Prepare("DELETE FROM rollup WHERE id = ?1");
        RollupsInRange = Prepare(StoreReader.RollupsInRange);
        PutText = Prepare(
            """
            INSERT INTO text_series (id, group_id, name, newest_time, newest) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (id) DO UPDATE SET newest_time = excluded.newest_time, newest = excluded.newest
            """);
        TextBefore = Prepare("SELECT value FROM text_event WHERE text_id = ?1 AND time < ?2 ORDER BY time DESC LIMIT 1");
        TextAfter = Prepare("SELECT time, value FROM text_event WHERE text_id = ?1 AND time > ?2 ORDER BY time LIMIT 1");
        PutTextEvent = Prepare("INSERT OR REPLACE INTO text_event (text_id, time, value) VALUES (?1, ?2, ?3)");
        DeleteTextEvent = Prepare("DELETE FROM text_event WHERE text_id = ?1 AND time = ?2");
    }

    public SqliteDatabase Database { get; }

    public SqliteStatement Begin { get; }

    public SqliteStatement End { get; }

    public SqliteStatement Rollback { get; }

    public SqliteStatement PutMeta { get; }

    public SqliteStatement PutGroup { get; }

    public SqliteStatement PutSeries { get; }

    public SqliteStatement PutOpenBlock { get; }

    public SqliteStatement SetHorizon { get; }

    public SqliteStatement InsertBlock { get; }

    public SqliteStatement DeleteBlock { get; }

    public SqliteStatement BlocksInRange { get; }

    public SqliteStatement InsertRollup { get; }

    public SqliteStatement UpdateRollup { get; }

    public SqliteStatement DeleteRollup { get; }

    public SqliteStatement RollupsInRange { get; }

    public SqliteStatement PutText { get; }

    public SqliteStatement TextBefore { get; }

    public SqliteStatement TextAfter { get; }

    public SqliteStatement PutTextEvent { get; }

    public SqliteStatement DeleteTextEvent { get; }

    /// <summary>Runs everything in one transaction, or nothing of it.</summary>
    public void InTransaction(Action work)
    {
        Begin.Run();
        try
        {
            work();
            End.Run();
        }
        catch
        {
            // A full disk may have rolled back by itself.
            if (Database.InTransaction) Rollback.Run();
            throw;
        }
    }

    public SqliteStatement Prepare(string sql)
    {
        var statement = Database.Prepare(sql);
        statements.Add(statement);
        return statement;
    }

    public void Dispose()
    {
        foreach (var statement in statements) statement.Dispose();
        Database.Dispose();
    }
}
