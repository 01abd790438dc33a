using Garam.Mqtt.Packets;

namespace Garam.Mqtt.Sessions;

/// <summary>One message on its way to one session.</summary>
internal struct Delivery
{
    public PublishedMessage Message;

    /// <summary>Position in the session's own order, also the message's name in the journal.</summary>
    public long Sequence;

    public QualityOfService Qos;
    public bool Retain;

    /// <summary>The journal holds it, so its end must be journalled too.</summary>
    public bool IsJournaled;

    public uint[]? Identifiers;
}
