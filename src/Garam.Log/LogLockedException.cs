namespace Garam.Log;

/// <summary>The folder is already open, here or in another process.</summary>
public sealed class LogLockedException : LogException
{
    /// <summary>For storages: <paramref name="path"/> is the lock file, <paramref name="holder"/> who holds it when that is known.</summary>
    public LogLockedException(string path, string? holder, Exception? cause = null)
        : base($"The log is in use{(holder is null ? "" : $" by process {holder}")}: {path} is locked. Stop the other process or choose another folder.", cause)
    {
    }
}
