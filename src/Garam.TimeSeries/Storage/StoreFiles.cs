namespace Garam.TimeSeries.Storage;

/// <summary>Every name the store writes inside its directory. SQLite adds <c>-wal</c> and <c>-shm</c> beside the database.</summary>
internal static class StoreFiles
{
    public const string Database = "telemetry.db";

    /// <summary>Held open by the process that has the store; it has no content.</summary>
    public const string Lock = "telemetry.lock";

    public static string LockPath(string directory) => Path.Combine(directory, Lock);

    public static string DatabasePath(string directory) => Path.Combine(directory, Database);
}
