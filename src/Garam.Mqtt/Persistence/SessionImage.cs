using Garam.Mqtt.Packets;
using Garam.Mqtt.Sessions;

namespace Garam.Mqtt.Persistence;

/// <summary>One session as the journal tells it.</summary>
internal sealed class SessionImage(long incarnation, string clientId)
{
    private readonly SortedDictionary<long, (Delivery Delivery, ushort PacketId, bool IsReleased)> messages = [];

    public long Incarnation { get; } = incarnation;

    public string ClientId { get; } = clientId;

    public ProtocolVersion Version { get; set; }

    public uint ExpirySeconds { get; set; }

    /// <summary>Zero: it was connected when last written.</summary>
    public long DisconnectedAtMs { get; set; }

    public List<(string Filter, byte Options, uint Identifier)> Subscriptions { get; } = [];

    public List<ushort> InboundQos2 { get; } = [];

    /// <summary>In the session's order.</summary>
    public IEnumerable<(Delivery Delivery, ushort PacketId, bool IsReleased)> Messages => messages.Values;

    public void Put(in Delivery delivery, ushort packetId, bool isReleased)
    {
        Remove(delivery.Sequence);
        messages[delivery.Sequence] = (delivery, packetId, isReleased);
    }

    public void SetState(long sequence, ushort packetId, bool isReleased)
    {
        if (!messages.TryGetValue(sequence, out var message))
            return;
        if (isReleased)
        {
            message.Delivery.Message?.Release();
            message.Delivery.Message = null!;
        }

        messages[sequence] = (message.Delivery, packetId, isReleased);
    }

    public void Remove(long sequence)
    {
        if (messages.Remove(sequence, out var message))
            message.Delivery.Message?.Release();
    }

    public void Release()
    {
        foreach (var message in messages.Values)
            message.Delivery.Message?.Release();
        messages.Clear();
    }
}
