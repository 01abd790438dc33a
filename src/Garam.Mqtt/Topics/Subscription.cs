using Garam.Mqtt.Broker;
using Garam.Mqtt.Packets;
using Garam.Mqtt.Sessions;

namespace Garam.Mqtt.Topics;

/// <summary>
/// One entry of the tree: a session's subscription, or a callback inside the process. Immutable; a SUBSCRIBE with the same filter
/// puts a new one in its place (§3.8.4).
/// </summary>
internal sealed class Subscription(string filter, TopicFilter parsed)
{
    /// <summary>As the client wrote it, share prefix included.</summary>
    public string Filter { get; } = filter;

    public TopicFilter Parsed { get; } = parsed;

    public MqttSession? Session { get; init; }

    public MessageHandler? Handler { get; init; }

    public QualityOfService Qos { get; init; }

    public bool NoLocal { get; init; }

    public bool RetainAsPublished { get; init; }

    /// <summary>Zero when the client gave none.</summary>
    public uint Identifier { get; init; }

    /// <summary>Same place in the tree, so one replaces the other.</summary>
    public bool Replaces(Subscription other) =>
        Session is not null ? ReferenceEquals(Session, other.Session) : ReferenceEquals(this, other);
}
