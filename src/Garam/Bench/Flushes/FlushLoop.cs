using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Garam.Bench.Flushes;

/// <summary>
/// What the disk gives without a program around it: append a block, fdatasync, again. Whatever makes messages durable in
/// groups of that size cannot be faster on this machine at this minute.
/// </summary>
internal static class FlushLoop
{
    public static FlushReport Run(string folder, int bytes, TimeSpan duration)
    {
        var path = Path.Combine(folder, $"flush-{bytes}");
        var block = new byte[bytes];
        new Random(1).NextBytes(block);
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        var flushes = 0;
        var begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begin) < duration)
        {
            RandomAccess.Write(file, block, (long)flushes * bytes);
            Flush(file);
            flushes++;
        }

        var seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        file.Dispose();
        File.Delete(path);
        return new FlushReport(bytes, flushes / seconds, (double)flushes * bytes / seconds);
    }

    private static void Flush(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
            RandomAccess.FlushToDisk(file);
        else if (fdatasync(file) != 0)
            throw new IOException($"fdatasync failed with error {Marshal.GetLastPInvokeError()}.");
    }

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int fdatasync(SafeFileHandle file);
}
