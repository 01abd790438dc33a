using System.Data.Common;
using System.Reflection;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Garam.Platform.Sql;

/// <summary>
/// The operational database: registry, dead letters, and whatever else is not telemetry. Statements are written so that
/// SQLite and PostgreSQL both take them; times are Unix microseconds in BIGINT columns.
/// </summary>
/// <remarks>Thread-safe: every call opens a pooled connection of its own. SQLite runs in WAL mode, so readers never wait for the writer.</remarks>
public sealed class Database
{
    /// <summary>A writer waits this long for another one; commits here take milliseconds, so reaching it means a stuck disk.</summary>
    private const int BusyTimeoutMs = 10_000;

    private readonly string _connectionString;

    private Database(string connectionString) => _connectionString = connectionString;

    /// <summary>Opens (creating when absent) the database file and applies the migrations it lacks.</summary>
    /// <exception cref="DataFolderException">The file was written by a newer version of Garam, or cannot be opened.</exception>
    public static Database Open(string path)
    {
        Garam.TimeSeries.Storage.SqliteLibrary.Prepare();
        var database = new Database(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = true,
        }.ToString());
        try
        {
            database.Migrate(path);
        }
        catch (SqliteException e)
        {
            throw new DataFolderException($"{path}: the database cannot be opened ({e.Message}). Restore it from a backup, or move it away to start empty.", e);
        }

        return database;
    }

    /// <summary>Opens a connection; the caller disposes it.</summary>
    public DbConnection Connect()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        connection.Execute($"PRAGMA busy_timeout={BusyTimeoutMs}; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;");
        return connection;
    }

    /// <summary>
    /// Opens a connection whose commits, and everything committed before them by any connection, survive a loss of power: in WAL mode SQLite
    /// then syncs the whole write-ahead log at commit. Other connections survive the end of the process only.
    /// </summary>
    public DbConnection ConnectDurable()
    {
        var connection = Connect();
        connection.Execute("PRAGMA synchronous=FULL;");
        return connection;
    }

    private void Migrate(string path)
    {
        using var connection = Connect();
        connection.Execute("PRAGMA journal_mode=WAL;");
        connection.Execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)");
        var applied = connection.Query<int>("SELECT version FROM schema_version").ToHashSet();
        var migrations = Migration.All();
        if (applied.Count > 0 && applied.Max() > migrations[^1].Version)
        {
            throw new DataFolderException(
                $"{path} has schema version {applied.Max()}, this program knows {migrations[^1].Version}. Start the newer Garam that wrote it.");
        }

        foreach (var migration in migrations.Where(m => !applied.Contains(m.Version)))
        {
            using var transaction = connection.BeginTransaction();
            connection.Execute(migration.Sql, transaction: transaction);
            connection.Execute("INSERT INTO schema_version (version) VALUES (@Version)", new { migration.Version }, transaction);
            transaction.Commit();
        }
    }

    private sealed record Migration(int Version, string Sql)
    {
        /// <summary>Embedded <c>Sql/Migrations/NNNN-title.sql</c>, in order of their number.</summary>
        public static List<Migration> All()
        {
            var assembly = Assembly.GetExecutingAssembly();
            return [.. assembly.GetManifestResourceNames()
                .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
                .Select(name => Read(assembly, name))
                .OrderBy(m => m.Version)];
        }

        private static Migration Read(Assembly assembly, string name)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var file = name[(name.LastIndexOf("Migrations.", StringComparison.Ordinal) + "Migrations.".Length)..];
            return new Migration(int.Parse(file.AsSpan(0, 4), System.Globalization.CultureInfo.InvariantCulture), reader.ReadToEnd());
        }
    }
}
