namespace Garam.TimeSeries;

/// <summary>The disk or the database refused: full, read-only, locked by another process, damaged.</summary>
public class TimeSeriesStorageException : Exception
{
    /// <summary>A failure with SQLite's (extended) result code.</summary>
    public TimeSeriesStorageException(string message, int sqliteResult)
        : base(message) => SqliteResult = sqliteResult;

    /// <summary>A failure that has another cause.</summary>
    public TimeSeriesStorageException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>SQLite's result code, 0 when SQLite was not the cause.</summary>
    public int SqliteResult { get; }

    /// <summary>True when the disk (or the database's size limit) is full: space helps, a restart does not.</summary>
    public bool IsDiskFull => (SqliteResult & 0xFF) == 13;
}
