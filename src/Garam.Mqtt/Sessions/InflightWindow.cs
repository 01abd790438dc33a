namespace Garam.Mqtt.Sessions;

/// <summary>
/// The sent and unacknowledged messages of a session, found by packet identifier. A table whose size is a power of two at least
/// twice the window; identifier <c>id</c> lives in slot <c>id mod size</c>, and an identifier whose slot is taken is passed over,
/// so lookups never search. Guarded by the session's lock.
/// </summary>
internal sealed class InflightWindow
{
    private InflightMessage[] slots = new InflightMessage[16];
    private ushort lastId;

    public int Count { get; private set; }

    /// <summary>Slots to walk with <see cref="Slot"/>; an empty one has packet identifier zero.</summary>
    public int Slots => slots.Length;

    public ref InflightMessage Slot(int index) => ref slots[index];

    /// <summary>Takes a free identifier; the window owns the delivery's reference.</summary>
    public ref InflightMessage Add(in Delivery delivery)
    {
        if (Count * 2 >= slots.Length && slots.Length < 131_072)
            Grow();
        do
        {
            lastId++;
        }
        while (lastId == 0 || slots[lastId & (slots.Length - 1)].PacketId != 0);

        return ref Put(lastId, delivery);
    }

    /// <summary>Puts back what the journal remembered. False when two identifiers collide, which a valid journal never has.</summary>
    public bool TryRestore(ushort packetId, in Delivery delivery, bool isReleased)
    {
        while (slots[packetId & (slots.Length - 1)].PacketId != 0)
        {
            if (slots.Length >= 65_536)
                return false;
            Grow();
        }

        ref var slot = ref Put(packetId, delivery);
        slot.IsReleased = isReleased;
        slot.IsStateJournaled = true;
        lastId = packetId;
        return true;
    }

    /// <summary>Finds by identifier; the reference holds until the next <see cref="Add"/>.</summary>
    public ref InflightMessage Find(ushort packetId, out bool found)
    {
        ref var slot = ref slots[packetId & (slots.Length - 1)];
        found = slot.PacketId == packetId && packetId != 0;
        return ref slot;
    }

    public void Remove(ref InflightMessage slot)
    {
        slot = default;
        Count--;
    }

    private ref InflightMessage Put(ushort packetId, in Delivery delivery)
    {
        ref var slot = ref slots[packetId & (slots.Length - 1)];
        slot.Delivery = delivery;
        slot.PacketId = packetId;
        Count++;
        return ref slot;
    }

    private void Grow()
    {
        var old = slots;
        slots = new InflightMessage[old.Length * 2];
        foreach (var message in old)
            if (message.PacketId != 0)
                slots[message.PacketId & (slots.Length - 1)] = message;
    }
}
