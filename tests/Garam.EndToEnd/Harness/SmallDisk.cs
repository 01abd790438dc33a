namespace Garam.EndToEnd;

/// <summary>A tmpfs of a few megabytes; the test is skipped where none can be mounted.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder _folder;

    private SmallDisk(TemporaryFolder folder) => _folder = folder;

    public string this[string name] => Path.Combine(_folder.Path, name);

    private string Ballast => this["ballast"];

    private long FreeBytes => new DriveInfo(_folder.Path).AvailableFreeSpace;

    public static async Task<SmallDisk> MountAsync(int megabytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "mounting a small file system needs root on Linux");
        var folder = new TemporaryFolder();
        var mounted = await Command.RunAsync("mount", ["-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder.Path]);
        if (mounted.ExitCode != 0)
            folder.Dispose();
        Assert.SkipUnless(mounted.ExitCode == 0, $"no file system can be mounted here: {mounted.Error.Trim()}");
        return new SmallDisk(folder);
    }

    /// <summary>Writes ballast until only so much is free.</summary>
    public void FillUpTo(int freeMegabytes)
    {
        using var file = new FileStream(Ballast, FileMode.Append);
        var block = new byte[64 * 1024];
        try
        {
            while (FreeBytes > (long)freeMegabytes << 20)
            {
                file.Write(block.AsSpan(0, (int)Math.Clamp(FreeBytes - ((long)freeMegabytes << 20), 1, block.Length)));
                file.Flush();
            }
        }
        catch (IOException) when (freeMegabytes == 0)
        {
            // The last byte is taken, by us or by the program.
        }
    }

    public void MakeRoom() => File.Delete(Ballast);

    public void Dispose()
    {
        using (var unmount = System.Diagnostics.Process.Start("umount", ["-l", _folder.Path]))
            unmount.WaitForExit();
        _folder.Dispose();
    }
}
