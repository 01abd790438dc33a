using Garam.Mqtt.Packets;

namespace Garam.Mqtt.Client;

/// <summary>What the server publishes when this client is lost (§3.1.2.5).</summary>
/// <param name="Topic">Where.</param>
/// <param name="Payload">What.</param>
/// <param name="Qos">How.</param>
/// <param name="Retain">Whether it stays as the topic's retained message.</param>
/// <param name="Delay">How long the server waits for us to come back (MQTT 5).</param>
public sealed record ClientWill(
    string Topic, ReadOnlyMemory<byte> Payload, QualityOfService Qos = QualityOfService.AtLeastOnce, bool Retain = false, TimeSpan Delay = default);
