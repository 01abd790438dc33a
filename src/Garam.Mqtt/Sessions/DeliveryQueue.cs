using Garam.Mqtt.Packets;

namespace Garam.Mqtt.Sessions;

/// <summary>
/// What waits for a session to take it: a ring that grows up to its limit, never beyond. Guarded by the session's lock. When it
/// is full a QoS 1 or 2 message takes the place of the oldest QoS 0 one; without such, the newcomer is refused.
/// </summary>
internal sealed class DeliveryQueue(int maxCount, long maxBytes)
{
    private Delivery[] ring = [];
    private int head;
    private int length; // slots in use, holes included
    private int qos0Count;

    /// <summary>Messages waiting.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes waiting.</summary>
    public long Bytes { get; private set; }

    public bool IsFull => Count >= maxCount || Bytes >= maxBytes;

    /// <summary>Appends; the queue then owns the reference. False: refused, the caller keeps it.</summary>
    /// <param name="delivery">What to append.</param>
    /// <param name="evicted">How many QoS 0 messages had to go.</param>
    public bool TryEnqueue(in Delivery delivery, out int evicted)
    {
        evicted = 0;
        while (Count >= maxCount || Bytes + delivery.Message.Size > maxBytes && Count > 0)
        {
            if (delivery.Qos == QualityOfService.AtMostOnce || qos0Count == 0)
                return false;
            EvictOldestQos0();
            evicted++;
        }

        if (length == ring.Length)
            Grow();
        ring[(head + length++) & (ring.Length - 1)] = delivery;
        Count++;
        Bytes += delivery.Message.Size;
        if (delivery.Qos == QualityOfService.AtMostOnce)
            qos0Count++;
        return true;
    }

    /// <summary>The oldest message, left in place.</summary>
    public bool TryPeek(out Delivery delivery)
    {
        SkipHoles();
        delivery = length == 0 ? default : ring[head];
        return length != 0;
    }

    /// <summary>Takes the oldest message; its reference goes to the caller.</summary>
    public Delivery Dequeue()
    {
        SkipHoles();
        var delivery = ring[head];
        ring[head] = default;
        head = (head + 1) & (ring.Length - 1);
        length--;
        Forget(delivery);
        return delivery;
    }

    /// <summary>Marks what the journal has just written.</summary>
    public void MarkJournaled(int index) => ring[(head + index) & (ring.Length - 1)].IsJournaled = true;

    /// <summary>The journal has forgotten the session.</summary>
    public void ForgetJournaled()
    {
        for (var i = 0; i < length; i++)
            ring[(head + i) & (ring.Length - 1)].IsJournaled = false;
    }

    /// <summary>Slots to walk with <see cref="At"/>, holes included.</summary>
    public int Slots => length;

    /// <summary>The message in a slot; its <see cref="Delivery.Message"/> is null in a hole.</summary>
    public ref readonly Delivery At(int index) => ref ring[(head + index) & (ring.Length - 1)];

    private void SkipHoles()
    {
        while (length > 0 && ring[head].Message is null)
        {
            head = (head + 1) & (ring.Length - 1);
            length--;
        }
    }

    private void EvictOldestQos0()
    {
        for (var i = 0; i < length; i++)
        {
            ref var slot = ref ring[(head + i) & (ring.Length - 1)];
            if (slot.Message is null || slot.Qos != QualityOfService.AtMostOnce)
                continue;
            Forget(slot);
            slot.Message.Release();
            slot = default;
            return;
        }
    }

    private void Forget(in Delivery delivery)
    {
        Count--;
        Bytes -= delivery.Message.Size;
        if (delivery.Qos == QualityOfService.AtMostOnce)
            qos0Count--;
    }

    private void Grow()
    {
        var larger = new Delivery[Math.Max(16, ring.Length * 2)];
        for (var i = 0; i < length; i++)
            larger[i] = At(i);
        ring = larger;
        head = 0;
    }
}
