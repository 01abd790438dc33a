namespace Garam.Mqtt.Packets;

/// <summary>Delivery guarantee of one PUBLISH (§4.3).</summary>
public enum QualityOfService : byte
{
    /// <summary>Sent once, never acknowledged.</summary>
    AtMostOnce = 0,

    /// <summary>Sent again until PUBACK arrives.</summary>
    AtLeastOnce = 1,

    /// <summary>Four packets, delivered exactly once.</summary>
    ExactlyOnce = 2,
}
