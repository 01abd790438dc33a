using Garam.Mqtt.Packets;
using Garam.Mqtt.Sessions;
using Garam.Mqtt.Topics;

namespace Garam.Mqtt.Broker;

/// <summary>One inbound publication as the gate sees it. Everything in it is lent for the call; copy what must stay.</summary>
public readonly ref struct PublishArrival
{
    /// <summary>Who publishes.</summary>
    public MqttSession Session { get; internal init; }

    /// <summary>
    /// Where to. The same object for every message of this connection and topic while it is cached, so
    /// <see cref="MqttTopic.Tag"/> can keep a resolved route.
    /// </summary>
    public MqttTopic Topic { get; internal init; }

    /// <summary>The payload, in the receive buffer.</summary>
    public ReadOnlySpan<byte> Payload { get; internal init; }

    /// <summary>As published.</summary>
    public QualityOfService Qos { get; internal init; }

    /// <summary>As published.</summary>
    public bool Retain { get; internal init; }

    /// <summary>The client says it may have sent it before. A redelivered QoS 2 message of this session never gets here twice.</summary>
    public bool Duplicate { get; internal init; }

    /// <summary>The broker publishes it in the name of a client that is gone (§3.1.2.5).</summary>
    public bool IsWill { get; internal init; }

    /// <summary>MQTT 5 properties, read when asked.</summary>
    public PublishProperties Properties { get; internal init; }
}
