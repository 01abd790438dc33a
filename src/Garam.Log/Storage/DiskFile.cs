using Microsoft.Win32.SafeHandles;

namespace Garam.Log.Storage;

internal sealed class DiskFile(string path, SafeFileHandle handle) : ILogFile
{
    // Linux ENOSPC and EDQUOT, Windows ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL: what .NET puts into HResult.
    private const int NoSpace = 28;
    private const int QuotaUsedUp = 122;
    private const int HandleDiskFull = unchecked((int)0x80070027);
    private const int DiskFull = unchecked((int)0x80070070);

    public long Length => RandomAccess.GetLength(handle);

    public int ReadAt(long offset, Span<byte> buffer)
    {
        var total = 0;
        while (total < buffer.Length)
        {
            var read = RandomAccess.Read(handle, buffer[total..], offset + total);
            if (read == 0) break;
            total += read;
        }
        return total;
    }

    public int WriteAt(long offset, ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(handle, bytes, offset);
            return bytes.Length;
        }
        catch (IOException cause) when (cause.HResult is NoSpace or QuotaUsedUp or HandleDiskFull or DiskFull)
        {
            throw new DiskFullException($"No room on the disk of {path}.", cause);
        }
    }

    public void Flush()
    {
        // fdatasync leaves out the modification time, which saves a journal commit on every flush into allocated space.
        if (OperatingSystem.IsLinux()) Posix.FlushData(handle, path);
        else RandomAccess.FlushToDisk(handle);
    }

    public void Allocate(long length)
    {
        var current = Length;
        if (length <= current) return;
        if (OperatingSystem.IsLinux() && Posix.TryAllocate(handle, path, current, length - current)) return;
        SetLength(length);
    }

    public void SetLength(long length)
    {
        try
        {
            RandomAccess.SetLength(handle, length);
        }
        catch (IOException cause) when (cause.HResult is NoSpace or QuotaUsedUp or HandleDiskFull or DiskFull)
        {
            throw new DiskFullException($"No room on the disk of {path}.", cause);
        }
    }

    public void Dispose() => handle.Dispose();
}
