namespace Garam.Log;

/// <summary>
/// A write or a flush failed, so what the disk holds is unknown and the log has stopped for good. Opening it again recovers
/// every record that was acknowledged. The cause is in <see cref="Exception.InnerException"/>.
/// </summary>
public sealed class LogFailedException : LogException
{
    internal LogFailedException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
