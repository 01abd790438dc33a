using Garam.Mqtt.Packets;

namespace Garam.Mqtt.Broker;

/// <summary>An acknowledgement that waits for its message to be durable.</summary>
internal readonly record struct PendingAck(ushort PacketId, PacketType Type, ReasonCode Reason, long Ticket);
