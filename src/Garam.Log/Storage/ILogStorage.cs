namespace Garam.Log.Storage;

/// <summary>
/// Every file operation of the log goes through here, so that a simulation can put a fault or a crash between any two.
/// A full disk is told by <see cref="DiskFullException"/>, every other failure by an <see cref="IOException"/>.
/// </summary>
public interface ILogStorage
{
    /// <summary>Makes the folder and its parents if they are missing.</summary>
    void CreateDirectory(string directory);

    /// <summary>Takes an exclusive lock that ends with the process or by disposal.</summary>
    /// <exception cref="LogLockedException">Somebody else holds it.</exception>
    IDisposable Lock(string path);

    /// <summary>Names (not paths) of the files in the folder, in any order.</summary>
    IReadOnlyList<string> List(string directory);

    /// <summary>Opens for reading and writing, and creates the file if it is missing.</summary>
    ILogFile OpenOrCreate(string path);

    /// <summary>Opens for reading. The file stays readable through this handle after it has been deleted.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    ILogFile OpenRead(string path);

    /// <summary>Removes the file; a missing one is no error.</summary>
    void Delete(string path);

    /// <summary>Renames, replacing the target in one step.</summary>
    void Rename(string from, string to);

    /// <summary>Makes creations, deletions and renames in the folder durable.</summary>
    void FlushDirectory(string directory);

    /// <summary>Bytes that may still be written to the folder's disk.</summary>
    long FreeBytes(string directory);
}
