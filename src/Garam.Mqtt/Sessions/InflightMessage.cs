namespace Garam.Mqtt.Sessions;

/// <summary>A QoS 1 or 2 message that was sent and is not yet fully acknowledged.</summary>
internal struct InflightMessage
{
    public Delivery Delivery;
    public ushort PacketId;

    /// <summary>PUBREC came: the message itself is gone, PUBREL is what is repeated (§4.3.3).</summary>
    public bool IsReleased;

    /// <summary>To be sent again on this connection.</summary>
    public bool MustResend;

    /// <summary>The journal knows its packet identifier and state as they are.</summary>
    public bool IsStateJournaled;
}
