namespace Garam.Log;

/// <summary>What every exception of the log derives from, apart from wrong arguments.</summary>
public abstract class LogException : Exception
{
    private protected LogException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
