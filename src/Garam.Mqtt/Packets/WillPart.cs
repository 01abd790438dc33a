namespace Garam.Mqtt.Packets;

/// <summary>The will as CONNECT carries it (§3.1.3.2 to §3.1.3.4).</summary>
internal sealed record WillPart(
    string Topic, byte[] Payload, QualityOfService Qos, bool Retain, uint DelaySeconds, uint? MessageExpiry, byte[] Properties);
