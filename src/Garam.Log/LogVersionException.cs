namespace Garam.Log;

/// <summary>The folder was written by a newer version of the program. Nothing in it was touched.</summary>
public sealed class LogVersionException : LogException
{
    internal LogVersionException(string path, int found, int known)
        : base($"{path} has log format {found}, and this program knows formats up to {known}. Use the program that wrote it, or a newer one.")
    {
        Found = found;
        Known = known;
    }

    /// <summary>The format version in the folder.</summary>
    public int Found { get; }

    /// <summary>The newest format version that this program reads.</summary>
    public int Known { get; }
}
