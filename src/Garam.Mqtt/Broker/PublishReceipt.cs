using Garam.Mqtt.Packets;

namespace Garam.Mqtt.Broker;

/// <summary>The gate's answer to one publication.</summary>
/// <param name="Ticket">
/// Position that must be durable before the acknowledgement; tickets of one connection must not fall. Zero: nothing to wait for.
/// </param>
/// <param name="Reason">
/// Below 0x80: accepted, the message goes to subscribers. Else refused: MQTT 5 clients see the reason in PUBACK or PUBREC, 3.1.1
/// clients a plain acknowledgement (3.1.1 §3.3.5 leaves only that or closing), and nobody else sees the message.
/// </param>
public readonly record struct PublishReceipt(long Ticket, ReasonCode Reason)
{
    /// <summary>Accepted, nothing to wait for.</summary>
    public static PublishReceipt Accepted => default;

    /// <summary>Accepted, acknowledged once the ticket is durable.</summary>
    public static PublishReceipt At(long ticket) => new(ticket, ReasonCode.Success);

    /// <summary>Refused.</summary>
    public static PublishReceipt Refused(ReasonCode reason) => new(0, reason);
}
