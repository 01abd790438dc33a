using System.Text;
using Garam.Mqtt.Packets;
using Garam.Mqtt.Retained;
using Garam.Mqtt.Sessions;
using Garam.Mqtt.Topics;

namespace Garam.Mqtt.Broker;

/// <summary>
/// Brings an accepted message to its subscribers. What is promised: once <see cref="IPublishGate.Receive"/> has accepted a message,
/// every session that is subscribed at that moment has it in its queue or window, or a drop counter says why not; subscribers may
/// see it before it is durable. Messages of one publisher to one topic reach a session in the order they were published. No copy is
/// made per subscriber, and no publisher waits for one.
/// </summary>
internal sealed class MessageRouter(SubscriptionTree tree, RetainedStore retained, BrokerCounters counters, TimeProvider time)
{
    public SubscriptionTree Tree => tree;

    /// <summary>Routes what a connection's read loop has taken; allocates nothing while the topic has no subscribers.</summary>
    public void Route(MqttTopic topic, in PublishPacket packet, MqttSession publisher, PumpList pumps)
    {
        var match = topic.Match;
        if (match.Version != tree.Version)
            topic.Match = match = tree.Match(topic.Name, publisher);
        if (match.IsEmpty && !packet.Retain)
            return;
        var message = PublishedMessage.Create(
            topic.Name, topic.Bytes, packet.Properties, packet.Payload, packet.Qos, packet.Retain, ExpiresAt(packet.MessageExpiry));
        Retain(message);
        Deliver(match, message, pumps);
        message.Release();
    }

    /// <summary>Routes a will or a message of the process itself.</summary>
    public void Route(
        string topic, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> properties, QualityOfService qos, bool retain, uint? expiry,
        MqttSession? publisher)
    {
        var match = tree.Match(topic, publisher);
        if (match.IsEmpty && !retain)
            return;
        var pumps = new PumpList();
        var message = PublishedMessage.Create(
            topic, Encoding.UTF8.GetBytes(topic), properties, payload, qos, retain, ExpiresAt(expiry));
        Retain(message);
        Deliver(match, message, pumps);
        message.Release();
        pumps.PumpAll();
    }

    private void Retain(PublishedMessage message)
    {
        if (!message.Retain)
            return;
        if (message.Payload.IsEmpty)
            retained.Clear(message.Topic); // [MQTT-3.3.1-6]
        else if (!retained.TrySet(message))
            counters.NotRetained();
    }

    private void Deliver(TopicMatch match, PublishedMessage message, PumpList pumps)
    {
        foreach (var target in match.Targets)
            Deliver(target.Session, target.Qos, target.RetainAsPublished, target.Identifiers, message, pumps);
        foreach (var group in match.Groups)
            if (group.Choose() is { } member)
                Deliver(
                    member.Session!, member.Qos, member.RetainAsPublished,
                    member.Identifier == 0 ? null : [member.Identifier], message, pumps);
        foreach (var handler in match.Handlers)
            handler(new InProcessMessage
            {
                Topic = message.Topic, Payload = message.Payload, Qos = message.Qos, Retain = message.Retain,
                Properties = new PublishProperties(message.Properties),
            });
    }

    private void Deliver(
        MqttSession session, QualityOfService granted, bool retainAsPublished, uint[]? identifiers, PublishedMessage message, PumpList pumps)
    {
        var qos = message.Qos < granted ? message.Qos : granted; // [MQTT-3.8.4-8]
        var result = session.Enqueue(message, qos, retainAsPublished && message.Retain, identifiers, counters);
        if (result == EnqueueResult.PumpLater)
            pumps.Add(session);
        else if (result == EnqueueResult.PumpNow)
            session.Connection?.Output.Pump();
    }

    private long ExpiresAt(uint? seconds) =>
        seconds is { } value ? time.GetUtcNow().ToUnixTimeMilliseconds() + value * 1000L : 0;
}
