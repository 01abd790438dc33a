using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Garam.Log.Storage;

/// <summary>The few calls that .NET does not offer: fdatasync, fallocate and fsync of a folder.</summary>
internal static partial class Posix
{
    private const int Interrupted = 4;
    private const int NoSpace = 28;
    private const int QuotaUsedUp = 122;

    // Not supported by the file system (EOPNOTSUPP), by the kernel (ENOSYS), or for this kind of file (EINVAL).
    private const int NotSupported = 95;
    private const int NoSuchCall = 38;
    private const int Invalid = 22;

    internal static void FlushData(SafeFileHandle handle, string path)
    {
        while (fdatasync(handle) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error != Interrupted) throw Failure("flush", path, error);
        }
    }

    /// <summary>Takes disk space; false when this file system cannot do it without writing.</summary>
    internal static bool TryAllocate(SafeFileHandle handle, string path, long offset, long length)
    {
        // off_t has 64 bits only there; the 32-bit call would need another entry point on each C library.
        if (!Environment.Is64BitProcess) return false;
        while (fallocate(handle, 0, offset, length) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            switch (error)
            {
                case Interrupted: continue;
                case NotSupported or NoSuchCall or Invalid: return false;
                case NoSpace or QuotaUsedUp: throw new DiskFullException($"No room on the disk of {path} for {length} more bytes.");
                default: throw Failure("allocate", path, error);
            }
        }
        return true;
    }

    internal static void FlushDirectory(string directory)
    {
        using var handle = OpenRead(directory);
        while (fsync(handle) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error == Interrupted) continue;
            // Some network file systems cannot flush a folder; there the server orders its metadata itself.
            if (error == Invalid) return;
            throw Failure("flush", directory, error);
        }
    }

    /// <summary>Opens a file or a folder, without the lock that .NET takes.</summary>
    internal static SafeFileHandle OpenRead(string path)
    {
        const int readOnly = 0;
        var descriptor = open(path, readOnly);
        if (descriptor < 0) throw Failure("open", path, Marshal.GetLastPInvokeError());
        return new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>Waits for less than a scheduler's millisecond, without spinning.</summary>
    internal static void Sleep(TimeSpan duration)
    {
        if (OperatingSystem.IsWindows()) Thread.Sleep(duration);
        else _ = usleep((uint)duration.TotalMicroseconds);
    }

    private static IOException Failure(string action, string path, int error) =>
        new($"Could not {action} {path}: {Marshal.GetPInvokeErrorMessage(error)} (errno {error}).", error);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fdatasync(SafeFileHandle file);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fsync(SafeFileHandle file);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fallocate(SafeFileHandle file, int mode, long offset, long length);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc")]
    private static partial int usleep(uint microseconds);
}
