namespace Garam.Bench.Servers;

/// <summary>A folder for one run, deleted afterwards.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private ScratchFolder(string path) => Path = path;

    public string Path { get; }

    /// <param name="parent">Must be on the disk that is to be measured, not on a memory file system.</param>
    public static ScratchFolder In(string parent)
    {
        var path = System.IO.Path.Combine(parent, $"garam-bench-{Guid.NewGuid():N}");
        Directory.CreateDirectory(path);
        return new ScratchFolder(path);
    }

    /// <summary>Bytes of the files below a folder of this one; 0 when there is none.</summary>
    public long BytesOf(string folder)
    {
        var root = new DirectoryInfo(System.IO.Path.Combine(Path, folder));
        if (!root.Exists)
            return 0;
        try
        {
            return root.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A scratch folder that stays is no reason to lose the figures.
        }
    }
}
