using System.Reflection;

namespace Garam.TimeSeries.Storage;

/// <summary>Opens the database for writing, makes its tables, and brings older ones up to date.</summary>
internal static class StoreSchema
{
    public const int Version = 1;

    /// <summary>
    /// Blobs are one to five KB, about one to a page of the usual size, with the rest of the page unused. Measured over
    /// eight-series devices at 5 s: 1.37 bytes a sample on 8 KB pages, 1.11 on 4 KB, 1.05 on 1 KB, with commits as fast.
    /// </summary>
    private const int PageBytes = 1024;

    public static SqliteDatabase Open(string path)
    {
        var database = SqliteDatabase.Open(path);
        try
        {
            Configure(database);
            Migrate(database);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static void Configure(SqliteDatabase database)
    {
        // Page size and vacuum mode take effect only before the first table is made.
        database.Execute($"PRAGMA page_size = {PageBytes}; PRAGMA auto_vacuum = INCREMENTAL");
        // With a write-ahead log, NORMAL loses no consistency: a power cut may take back the last commits, and then the
        // checkpoint with them, so that the caller's log is replayed from further back. The death of the process takes nothing.
        database.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = OFF");
        database.Execute("PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY");
        // Checkpointing in larger steps writes a page that several commits changed once; the file is cut back after.
        database.Execute("PRAGMA wal_autocheckpoint = 16000; PRAGMA journal_size_limit = 67108864");
    }

    private static void Migrate(SqliteDatabase database)
    {
        var found = (int)database.QueryInt64("PRAGMA user_version");
        if (found > Version) throw new NewerSchemaException(found, Version);
        for (var version = found + 1; version <= Version; version++)
            database.Execute($"BEGIN IMMEDIATE; {Script(version)}; PRAGMA user_version = {version}; COMMIT");
    }

    private static string Script(int version)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{version:000}.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
