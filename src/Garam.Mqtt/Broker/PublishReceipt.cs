using Garam.Mqtt.Packets;

namespace Garam.Mqtt.Broker;

/// <summary>The gate's answer to one publication.</summary>
/// <param name="Ticket">
/// Position that must be durable before the acknowledgement; tickets of one connection must not fall. Zero: nothing to wait for;
/// never negative.
/// </param>
/// <param name="Reason">
/// Below 0x80: accepted, the message goes to subscribers. Else refused: MQTT 5 clients see the reason in PUBACK or PUBREC, 3.1.1
/// clients a plain acknowledgement (3.1.1 §3.3.5 leaves only that or closing), and nobody else sees the message.
/// </param>
public readonly record struct PublishReceipt(long Ticket, ReasonCode Reason)
{
    private const long HeldTicket = -1;

    /// <summary>Accepted, nothing to wait for.</summary>
    public static PublishReceipt Accepted => default;

    /// <summary>Accepted, acknowledged once the ticket is durable.</summary>
    public static PublishReceipt At(long ticket) => new(ticket, ReasonCode.Success);

    /// <summary>
    /// Not now: no room, or the sender is too fast. The packet stays where it is, the connection is not read further, and the same
    /// packet is offered again after <see cref="IPublishGate.WaitForRoomAsync"/> and a pause of some milliseconds. Nothing has
    /// happened to it yet: no acknowledgement, no subscriber, and <see cref="PublishArrival.Duplicate"/> is as the client sent it.
    /// </summary>
    public static PublishReceipt Later => new(HeldTicket, ReasonCode.Success);

    internal bool IsLater => Ticket == HeldTicket;

    /// <summary>Refused.</summary>
    public static PublishReceipt Refused(ReasonCode reason) => new(0, reason);
}
