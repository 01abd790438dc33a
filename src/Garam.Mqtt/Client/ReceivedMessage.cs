using Garam.Mqtt.Packets;

namespace Garam.Mqtt.Client;

/// <summary>A message from the server. Payload and properties are lent until the handler's task completes.</summary>
/// <param name="Topic">The topic name.</param>
/// <param name="Payload">Lent.</param>
/// <param name="Qos">Of this delivery.</param>
/// <param name="Retain">A retained message, or retain as published.</param>
/// <param name="Duplicate">Sent before, perhaps.</param>
/// <param name="RawProperties">The MQTT 5 property block, lent; see <see cref="Properties"/>.</param>
public readonly record struct ReceivedMessage(
    string Topic, ReadOnlyMemory<byte> Payload, QualityOfService Qos, bool Retain, bool Duplicate, ReadOnlyMemory<byte> RawProperties)
{
    /// <summary>The MQTT 5 properties, read when asked.</summary>
    public PublishProperties Properties => new(RawProperties.Span);
}
