using SQLitePCL;

namespace Garam.TimeSeries.Storage;

/// <summary>One SQLite connection. Used by one thread at a time; whoever holds it sees to that.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    private const int BusyTimeoutMs = 10_000;

    private readonly sqlite3 handle;

    private SqliteDatabase(sqlite3 handle) => this.handle = handle;

    public static SqliteDatabase Open(string path)
    {
        SqliteLibrary.Prepare();
        const int flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX;
        var result = raw.sqlite3_open_v2(path, out var handle, flags, null);
        if (result != raw.SQLITE_OK)
        {
            var message = $"cannot open the telemetry database {path}: {raw.sqlite3_errstr(result).utf8_to_string()}";
            handle?.Dispose();
            throw new TimeSeriesStorageException(message, result);
        }

        raw.sqlite3_busy_timeout(handle, BusyTimeoutMs);
        return new SqliteDatabase(handle);
    }

    public void Execute(string sql) => Check(raw.sqlite3_exec(handle, sql));

    public SqliteStatement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(handle, sql, out var statement));
        return new SqliteStatement(this, statement);
    }

    public long QueryInt64(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Int64(0) : 0;
    }

    public bool InTransaction => raw.sqlite3_get_autocommit(handle) == 0;

    public long LastInsertId => raw.sqlite3_last_insert_rowid(handle);

    public int Changes => raw.sqlite3_changes(handle);

    public void Check(int result)
    {
        if (result is raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE) return;
        throw new TimeSeriesStorageException($"telemetry database: {raw.sqlite3_errmsg(handle).utf8_to_string()}", result);
    }

    public void Dispose() => handle.Dispose();
}
