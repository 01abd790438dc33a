using Garam.Mqtt.Packets;

namespace Garam.Mqtt.Broker;

/// <summary>What a PUBLISH needs besides the message.</summary>
internal readonly ref struct PublishVariables
{
    public ProtocolVersion Version { get; init; }

    public ushort PacketId { get; init; }

    public bool Duplicate { get; init; }

    /// <summary>Zero: none.</summary>
    public ushort TopicAlias { get; init; }

    /// <summary>The alias stands for the topic, which is then left empty.</summary>
    public bool OmitTopic { get; init; }

    /// <summary>Seconds left; null when the message never expires.</summary>
    public uint? MessageExpiry { get; init; }
}
