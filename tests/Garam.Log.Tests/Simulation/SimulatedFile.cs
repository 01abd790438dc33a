using Garam.Log.Storage;

namespace Garam.Log.Tests.Simulation;

internal sealed class SimulatedFile(SimulatedStorage storage, SimulatedContent content) : ILogFile
{
    public long Length => storage.Do(() => content.Length);

    public int ReadAt(long offset, Span<byte> buffer)
    {
        lock (storage.Gate)
        {
            storage.Step();
            if (offset >= content.Length) return 0;
            var bytes = content.Seen[(int)offset..];
            bytes = bytes[..Math.Min(bytes.Length, buffer.Length)];
            bytes.CopyTo(buffer);
            return bytes.Length;
        }
    }

    public int WriteAt(long offset, ReadOnlySpan<byte> bytes)
    {
        lock (storage.Gate)
        {
            storage.Step();
            var taken = storage.TakeForWrite(bytes.Length, growth: (int)offset - content.Length);
            content.Write((int)offset, bytes[..taken]);
            // A crash right here leaves the write to chance: it is in the cache and not on the disk.
            storage.Step();
            return taken;
        }
    }

    public void Flush()
    {
        storage.WaitForDisk();
        lock (storage.Gate)
        {
            storage.Step();
            if (storage.FlushFails())
            {
                content.LoseFlush(storage.Random);
                throw new IOException("Simulated: the disk lost a flush.");
            }
            content.Flush();
            storage.Step();
        }
    }

    public void Allocate(long length) => storage.Do(() =>
    {
        if (length <= content.Length) return 0;
        storage.TakeForAllocation((int)length - content.Length);
        content.SetLength((int)length);
        return 0;
    });

    public void SetLength(long length) => storage.Do(() =>
    {
        content.SetLength((int)length);
        return 0;
    });

    public void Dispose()
    {
    }
}
