using Garam.Mqtt.Broker;
using Garam.Mqtt.Packets;
using Garam.Mqtt.Sessions;

namespace Garam.Mqtt.Topics;

/// <summary>Collects what the tree finds for one topic and merges what belongs to one session.</summary>
internal sealed class TopicMatchBuilder(MqttSession? publisher)
{
    private readonly Dictionary<MqttSession, MatchTarget> targets = [];
    private readonly List<SharedGroup> groups = [];
    private readonly List<MessageHandler> handlers = [];

    public void Add(Subscription subscription)
    {
        if (subscription.Handler is not null)
        {
            handlers.Add(subscription.Handler);
            return;
        }

        var session = subscription.Session!;
        if (subscription.NoLocal && ReferenceEquals(session, publisher))
            return; // [MQTT-3.8.3-3]
        if (!targets.TryGetValue(session, out var target))
            target = new MatchTarget(session, QualityOfService.AtMostOnce, false, null);
        targets[session] = target with
        {
            Qos = subscription.Qos > target.Qos ? subscription.Qos : target.Qos,
            RetainAsPublished = target.RetainAsPublished || subscription.RetainAsPublished,
            Identifiers = subscription.Identifier == 0 ? target.Identifiers : [.. target.Identifiers ?? [], subscription.Identifier],
        };
    }

    public void Add(SharedGroup group) => groups.Add(group);

    public TopicMatch Build(long version) => new(version, [.. targets.Values], [.. groups], [.. handlers]);
}
