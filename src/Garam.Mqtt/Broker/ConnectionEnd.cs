using Garam.Mqtt.Packets;

namespace Garam.Mqtt.Broker;

/// <summary>How a connection ended.</summary>
/// <param name="Reason">What the broker says, or the client said.</param>
/// <param name="IsByClient">The client sent DISCONNECT.</param>
/// <param name="IsSilent">Nothing is sent: the transport is gone, or the protocol has no word for it.</param>
internal sealed record ConnectionEnd(ReasonCode Reason, bool IsByClient = false, bool IsSilent = false)
{
    public static ConnectionEnd TransportGone { get; } = new(ReasonCode.UnspecifiedError, IsSilent: true);

    /// <summary>A normal DISCONNECT throws the will away [MQTT-3.14.4-3].</summary>
    public bool DiscardsWill => IsByClient && Reason == ReasonCode.Success;
}
