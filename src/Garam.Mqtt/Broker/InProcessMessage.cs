using Garam.Mqtt.Packets;

namespace Garam.Mqtt.Broker;

/// <summary>What a callback inside the process is shown.</summary>
public readonly ref struct InProcessMessage
{
    /// <summary>The topic name.</summary>
    public string Topic { get; internal init; }

    /// <summary>Lent for the call.</summary>
    public ReadOnlySpan<byte> Payload { get; internal init; }

    /// <summary>As published.</summary>
    public QualityOfService Qos { get; internal init; }

    /// <summary>As published; also set on retained messages delivered when subscribing.</summary>
    public bool Retain { get; internal init; }

    /// <summary>Forwarded MQTT 5 properties, lent for the call.</summary>
    public PublishProperties Properties { get; internal init; }
}
