using System.Runtime.CompilerServices;
using Garam.Mqtt.Packets;
using Garam.Mqtt.Sessions;

namespace Garam.Mqtt.Broker;

/// <summary>
/// PUBACK and PUBREC of one connection, held back until their messages are durable, while the read loop goes on reading (and
/// answering pings). Invariants:
/// <list type="bullet">
/// <item>acknowledgements leave in the order their PUBLISH came [MQTT-4.6.0-2];</item>
/// <item>at most one wait is under way, for the newest ticket known when it began; all it confirmed leave in one flush;</item>
/// <item>after a failed wait nothing is acknowledged any more.</item>
/// </list>
/// The read loop alone calls <see cref="Add"/> and <see cref="EndBatch"/>.
/// </summary>
internal sealed class AckPipeline
{
    private readonly MqttSession session;
    private readonly PacketOutput output;
    private readonly IPublishGate gate;
    private readonly ProtocolVersion version;
    private readonly Action<Exception> onFailure;
    private readonly CancellationToken cancellation;
    private readonly Action onDurable;
    private readonly Lock sync = new();
    private PendingAck[] batch = new PendingAck[16];
    private PendingAck[] ring = new PendingAck[16];
    private int batchCount;
    private int head;
    private int count;
    private int pubacks;
    private bool isWaiting;
    private bool isFailed;
    private long awaited;
    private ValueTaskAwaiter pending;
    private TaskCompletionSource? room;
    private int roomBelow;

    public AckPipeline(
        MqttSession session, PacketOutput output, IPublishGate gate, ProtocolVersion version, Action<Exception> onFailure,
        CancellationToken cancellation)
    {
        this.session = session;
        this.output = output;
        this.gate = gate;
        this.version = version;
        this.onFailure = onFailure;
        this.cancellation = cancellation;
        onDurable = OnDurable;
    }

    /// <summary>QoS 1 messages not yet acknowledged.</summary>
    public int Pubacks => Volatile.Read(ref pubacks);

    /// <summary>Acknowledgements that wait.</summary>
    public int Waiting => Volatile.Read(ref count) + batchCount;

    public void Add(in PendingAck ack)
    {
        if (batchCount == batch.Length)
            Array.Resize(ref batch, batch.Length * 2);
        batch[batchCount++] = ack;
        if (ack.Type == PacketType.Puback)
            Interlocked.Increment(ref pubacks);
    }

    /// <summary>The end of what was read at once: sends what needs no waiting, begins to wait for the rest. The caller pumps afterwards.</summary>
    public void EndBatch()
    {
        if (batchCount == 0)
            return;
        lock (sync)
        {
            if (isFailed)
            {
                Forget(batch.AsSpan(0, batchCount));
                batchCount = 0;
                return;
            }

            if (count == 0 && !isWaiting && batch[batchCount - 1].Ticket == 0 && IsBatchFree())
            {
                Encode(batch.AsSpan(0, batchCount));
                batchCount = 0;
                return;
            }

            Append();
            if (isWaiting)
                return;
            isWaiting = true;
        }

        Wait();
    }

    /// <summary>Completes when fewer than <paramref name="limit"/> acknowledgements wait.</summary>
    public Task WaitForRoomAsync(int limit)
    {
        lock (sync)
        {
            if (count < limit || isFailed)
                return Task.CompletedTask;
            room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            roomBelow = limit;
            return room.Task;
        }
    }

    private bool IsBatchFree()
    {
        for (var i = 0; i < batchCount; i++)
            if (batch[i].Ticket != 0)
                return false;
        return true;
    }

    private void Append()
    {
        if (count + batchCount > ring.Length)
            Grow();
        for (var i = 0; i < batchCount; i++)
            ring[(head + count + i) & (ring.Length - 1)] = batch[i];
        count += batchCount;
        batchCount = 0;
    }

    private void Grow()
    {
        var size = ring.Length;
        while (size < count + batchCount)
            size *= 2;
        var larger = new PendingAck[size];
        for (var i = 0; i < count; i++)
            larger[i] = ring[(head + i) & (ring.Length - 1)];
        ring = larger;
        head = 0;
    }

    /// <summary>Waits until the ring is empty. True: something was written without leaving this call.</summary>
    private bool Wait()
    {
        var wrote = false;
        try
        {
            while (true)
            {
                lock (sync)
                {
                    awaited = Newest();
                    if (count == 0)
                    {
                        isWaiting = false;
                        return wrote;
                    }
                }

#pragma warning disable CA2012 // Consumed once, by OnDurable or right here; a field because the continuation is a kept delegate.
                pending = gate.WaitDurableAsync(awaited, cancellation).GetAwaiter();
#pragma warning restore CA2012
                if (!pending.IsCompleted)
                {
                    pending.UnsafeOnCompleted(onDurable);
                    return wrote;
                }

                pending.GetResult();
                Release();
                wrote = true;
            }
        }
        catch (Exception failure)
        {
            Fail(failure);
            return false;
        }
    }

    private void OnDurable()
    {
        try
        {
            pending.GetResult();
            Release();
        }
        catch (Exception failure)
        {
            Fail(failure);
            return;
        }

        output.Pump();
        if (Wait())
            output.Pump();
    }

    private long Newest()
    {
        long newest = 0;
        for (var i = 0; i < count; i++)
            newest = Math.Max(newest, ring[(head + i) & (ring.Length - 1)].Ticket);
        return newest;
    }

    private void Release()
    {
        TaskCompletionSource? freed = null;
        lock (sync)
        {
            var done = 0;
            while (done < count && ring[(head + done) & (ring.Length - 1)].Ticket <= awaited)
                done++;
            var first = Math.Min(done, ring.Length - head);
            Encode(ring.AsSpan(head, first));
            Encode(ring.AsSpan(0, done - first));
            head = (head + done) & (ring.Length - 1);
            Volatile.Write(ref count, count - done);
            if (room is not null && count < roomBelow)
                (freed, room) = (room, null);
        }

        freed?.TrySetResult();
    }

    private void Encode(ReadOnlySpan<PendingAck> acks)
    {
        if (acks.IsEmpty)
            return;
        var released = 0;
        foreach (var ack in acks)
            if (ack.Type == PacketType.Puback)
                released++;
        // Before the client can know: its next PUBLISH must find the room.
        Interlocked.Add(ref pubacks, -released);
        lock (session.Sync)
            foreach (var ack in acks)
                output.Control.Acknowledgement(ack.Type, ack.PacketId, ack.Reason, version);
    }

    private void Fail(Exception failure)
    {
        TaskCompletionSource? freed;
        lock (sync)
        {
            isFailed = true;
            // A wait given up because the connection ended says nothing about the messages: a repetition waits for the same ticket.
            if (failure is not OperationCanceledException)
            {
                var first = Math.Min(count, ring.Length - head);
                Forget(ring.AsSpan(head, first));
                Forget(ring.AsSpan(0, count - first));
            }

            count = 0;
            freed = room;
            room = null;
        }

        freed?.TrySetResult();
        onFailure(failure);
    }

    // A QoS 2 message that is not durable was never received: its repetition must enter the gate again.
    private void Forget(ReadOnlySpan<PendingAck> acks)
    {
        lock (session.Sync)
            foreach (var ack in acks)
                if (ack.Type == PacketType.Pubrec)
                    session.InboundQos2.Remove(ack.PacketId);
    }
}
