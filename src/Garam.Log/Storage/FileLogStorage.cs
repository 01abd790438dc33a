using System.Globalization;

namespace Garam.Log.Storage;

/// <summary>The log on the machine's own file system.</summary>
public sealed class FileLogStorage : ILogStorage
{
    public static FileLogStorage Instance { get; } = new();

    private FileLogStorage()
    {
    }

    public void CreateDirectory(string directory)
    {
        if (Directory.Exists(directory)) return;
        Directory.CreateDirectory(directory);
        var parent = Path.GetDirectoryName(Path.GetFullPath(directory));
        if (parent is not null) FlushDirectory(parent);
    }

    public IDisposable Lock(string path)
    {
        try
        {
            var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            stream.SetLength(0);
            stream.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            stream.Flush();
            return stream;
        }
        catch (IOException cause) when (cause is not (DirectoryNotFoundException or PathTooLongException) && File.Exists(path))
        {
            throw new LogLockedException(path, ReadHolder(path), cause);
        }
    }

    /// <summary>Who wrote its number into the lock file; only for the error's text, so any failure to read it is "unknown".</summary>
    private static string? ReadHolder(string path)
    {
        if (OperatingSystem.IsWindows()) return null;
        try
        {
            // Opened past .NET, whose own opening would ask for the lock.
            using var handle = Posix.OpenRead(path);
            Span<byte> digits = stackalloc byte[20];
            var text = System.Text.Encoding.ASCII.GetString(digits[..RandomAccess.Read(handle, digits, 0)]);
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? text : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    public IReadOnlyList<string> List(string directory) =>
        [.. Directory.EnumerateFiles(directory).Select(path => Path.GetFileName(path))];

    public ILogFile OpenOrCreate(string path) =>
        new DiskFile(path, File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete));

    public ILogFile OpenRead(string path) =>
        new DiskFile(path, File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));

    public void Delete(string path) => File.Delete(path);

    public void Rename(string from, string to) => File.Move(from, to, overwrite: true);

    public void FlushDirectory(string directory)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS()) Posix.FlushDirectory(directory);
    }

    public long FreeBytes(string directory) => new DriveInfo(Path.GetFullPath(directory)).AvailableFreeSpace;
}
