using Garam.Mqtt.Packets;

namespace Garam.Mqtt.Client;

/// <summary>
/// The writing side of one connection: packets are gathered in one buffer while the socket is busy with the other, so a burst
/// costs one system call. Writers wait while more than the limit has gathered.
/// </summary>
#pragma warning disable CA1001 // A semaphore whose wait handle nobody asks for holds nothing to dispose.
internal sealed class ClientOutput(Stream stream, int bytesMax)
#pragma warning restore CA1001
{
    private readonly Lock sync = new();
    private readonly SemaphoreSlim wake = new(0, 1);
    private PacketBuffer gathering = new(4096);
    private PacketBuffer writing = new(4096);
    private TaskCompletionSource? room;
    private bool isClosed;

    /// <summary>Packets since the connection opened; the keep-alive looks whether it moved.</summary>
    public long PacketCount { get; private set; }

    /// <summary>Lets <paramref name="write"/> append to the buffer. False: the connection is closed.</summary>
    public bool Write<T>(T state, Action<PacketBuffer, T> write)
    {
        bool wasEmpty;
        lock (sync)
        {
            if (isClosed)
                return false;
            wasEmpty = gathering.IsEmpty;
            write(gathering, state);
            PacketCount++;
        }

        if (wasEmpty)
            Wake();
        return true;
    }

    /// <summary>Appends a whole packet. False: the connection is closed.</summary>
    public bool Write(ReadOnlySpan<byte> packet)
    {
        bool wasEmpty;
        lock (sync)
        {
            if (isClosed)
                return false;
            wasEmpty = gathering.IsEmpty;
            gathering.Bytes(packet);
            PacketCount++;
        }

        if (wasEmpty)
            Wake();
        return true;
    }

    /// <summary>Completes when there is room, or the connection is closed.</summary>
    public Task WaitForRoomAsync()
    {
        lock (sync)
        {
            if (isClosed || gathering.Length < bytesMax)
                return Task.CompletedTask;
            room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return room.Task;
        }
    }

    /// <summary>Writes until cancelled or the stream fails, which it throws.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await wake.WaitAsync(cancellation);
            while (Swap())
            {
                await stream.WriteAsync(writing.WrittenMemory, CancellationToken.None); // never torn
                writing.Clear();
            }
        }
    }

    /// <summary>Writes what has gathered and takes nothing more; after <see cref="RunAsync"/> has ended.</summary>
    public async Task FinishAsync(CancellationToken cancellation)
    {
        if (Swap())
            await stream.WriteAsync(writing.WrittenMemory, cancellation);
    }

    public void Close()
    {
        TaskCompletionSource? waiting;
        lock (sync)
        {
            isClosed = true;
            waiting = room;
        }

        waiting?.TrySetResult();
    }

    private bool Swap()
    {
        TaskCompletionSource? freed;
        lock (sync)
        {
            if (gathering.IsEmpty)
                return false;
            (gathering, writing) = (writing, gathering);
            freed = room;
            room = null;
        }

        freed?.TrySetResult();
        return true;
    }

    private void Wake()
    {
        lock (sync)
            if (wake.CurrentCount == 0)
                wake.Release();
    }
}
