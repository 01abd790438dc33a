namespace Garam.Log.Storage;

/// <summary>The disk has no room for the bytes, or the quota is used up.</summary>
public sealed class DiskFullException : IOException
{
    public DiskFullException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
