using Garam.Mqtt.Packets;

namespace Garam.Mqtt.Client;

/// <summary>
/// The publications a client has under way, at most as many as its window and the server's receive maximum allow. A slot is taken
/// before the message is encoded and comes back after its end; whoever finds none free waits in order.
/// </summary>
internal sealed class PublishWindow
{
    private readonly Lock sync = new();
    private readonly InflightPublish?[] slots;
    private readonly Stack<ushort> free = new();
    private readonly Queue<TaskCompletionSource<InflightPublish>> waiters = new();
    private int limit;
    private int used;
    private Exception? closed;

    public PublishWindow(int size)
    {
        limit = size;
        slots = new InflightPublish[size + 1];
        for (var id = size; id > 0; id--)
            free.Push((ushort)id);
    }

    public int Used => Volatile.Read(ref used);

    /// <summary>Takes a free slot, now or when one comes free.</summary>
    public ValueTask<InflightPublish> TakeAsync(CancellationToken cancellation)
    {
        TaskCompletionSource<InflightPublish> waiter;
        lock (sync)
        {
            if (closed is not null)
                return ValueTask.FromException<InflightPublish>(closed);
            if (used < limit)
                return new ValueTask<InflightPublish>(TakeFree());
            waiter = new TaskCompletionSource<InflightPublish>(TaskCreationOptions.RunContinuationsAsynchronously);
            waiters.Enqueue(waiter);
        }

        return new ValueTask<InflightPublish>(WaitAsync(waiter, cancellation));
    }

    public InflightPublish? Find(ushort packetId) =>
        packetId < slots.Length && slots[packetId] is { IsActive: true } slot ? slot : null;

    /// <summary>What the server allows now.</summary>
    public void Limit(int receiveMaximum)
    {
        lock (sync)
        {
            limit = Math.Min(receiveMaximum, slots.Length - 1);
            Serve();
        }
    }

    /// <summary>All under way, oldest first.</summary>
    public List<InflightPublish> Active()
    {
        lock (sync)
            return [.. slots.Where(s => s is { IsActive: true }).Select(s => s!).OrderBy(s => s.Sequence)];
    }

    /// <summary>Nothing will be acknowledged any more.</summary>
    public void Close(Exception reason)
    {
        List<TaskCompletionSource<InflightPublish>> waiting;
        lock (sync)
        {
            closed = reason;
            waiting = [.. waiters];
            waiters.Clear();
        }

        foreach (var waiter in waiting)
            waiter.TrySetException(reason);
        foreach (var slot in Active())
            slot.Complete(reason);
    }

    private async Task<InflightPublish> WaitAsync(TaskCompletionSource<InflightPublish> waiter, CancellationToken cancellation)
    {
        await using var registration = cancellation.UnsafeRegister(
            static (state, token) => ((TaskCompletionSource<InflightPublish>)state!).TrySetCanceled(token), waiter);
        return await waiter.Task;
    }

    /// <summary>The caller has taken the result; the slot is the next one's.</summary>
    public void GiveBack(InflightPublish slot)
    {
        lock (sync)
        {
            used--;
            free.Push(slot.PacketId);
            Serve();
        }
    }

    private void Serve()
    {
        while (used < limit && waiters.TryDequeue(out var waiter))
        {
            var slot = TakeFree();
            if (waiter.TrySetResult(slot))
                continue;
            used--; // cancelled while it waited
            free.Push(slot.PacketId);
        }
    }

    private InflightPublish TakeFree()
    {
        used++;
        var id = free.Pop();
        return slots[id] ??= new InflightPublish(id, this);
    }
}
