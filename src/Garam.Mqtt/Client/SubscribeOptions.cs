using Garam.Mqtt.Packets;

namespace Garam.Mqtt.Client;

/// <summary>How to subscribe (§3.8.3.1); all but the QoS exist only in MQTT 5.</summary>
/// <param name="Qos">The highest QoS to deliver at.</param>
/// <param name="NoLocal">Not what this client published itself.</param>
/// <param name="RetainAsPublished">Keep the publisher's retain flag.</param>
/// <param name="RetainHandling">When retained messages come.</param>
/// <param name="Identifier">Comes back with every message of this subscription; zero: none.</param>
public sealed record SubscribeOptions(
    QualityOfService Qos = QualityOfService.AtLeastOnce,
    bool NoLocal = false,
    bool RetainAsPublished = false,
    RetainHandling RetainHandling = RetainHandling.Always,
    uint Identifier = 0)
{
    internal byte ToByte(ProtocolVersion version) => version == ProtocolVersion.V311
        ? (byte)Qos
        : (byte)((int)Qos | (NoLocal ? 4 : 0) | (RetainAsPublished ? 8 : 0) | (int)RetainHandling << 4);
}
