namespace Garam.Platform.Sql;

/// <summary>The data folder cannot be used as it is; the message says what to do. The program ends with exit code 3.</summary>
public sealed class DataFolderException : Exception
{
    public DataFolderException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
