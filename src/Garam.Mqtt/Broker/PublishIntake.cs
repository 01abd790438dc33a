using Garam.Mqtt.Packets;
using Garam.Mqtt.Sessions;
using Garam.Mqtt.Topics;

namespace Garam.Mqtt.Broker;

/// <summary>
/// What happens to each PUBLISH of one connection: topic, access, gate, routing, acknowledgement, in this order. Runs on the read
/// loop; allocates nothing for a topic that is in the cache.
/// </summary>
internal sealed class PublishIntake
{
    private readonly MqttSession session;
    private readonly MqttOptions options;
    private readonly IMqttAccess access;
    private readonly IPublishGate gate;
    private readonly MessageRouter router;
    private readonly BrokerCounters counters;
    private readonly AckPipeline acks;
    private readonly PumpList pumps;
    private readonly TopicCache topics;
    private readonly MqttTopic?[] aliases;
    private readonly bool isV5;

    public PublishIntake(
        MqttSession session, MqttOptions options, IMqttAccess access, IPublishGate gate, MessageRouter router, BrokerCounters counters,
        AckPipeline acks, PumpList pumps)
    {
        this.session = session;
        this.options = options;
        this.access = access;
        this.gate = gate;
        this.router = router;
        this.counters = counters;
        this.acks = acks;
        this.pumps = pumps;
        topics = new TopicCache(options.TopicCacheMax, options.TopicBytesMax, options.TopicLevelsMax);
        isV5 = session.Version == ProtocolVersion.V5;
        aliases = isV5 ? new MqttTopic?[options.TopicAliasMaximum + 1] : [];
    }

    /// <summary>The gate did not take the last packet yet: it must be offered again.</summary>
    public bool IsHeld { get; private set; }

    public void ForgetPermissions() => topics.ForgetPermissions();

    /// <summary>Takes one packet. Anything but success ends the connection with that reason.</summary>
    public ReasonCode Take(byte flags, ReadOnlySpan<byte> body)
    {
        IsHeld = false;
        var reason = PublishPacket.TryParse(flags, body, session.Version, fromServer: false, out var packet);
        if (reason != ReasonCode.Success)
            return reason;
        reason = FindTopic(packet, out var topic);
        if (reason != ReasonCode.Success)
            return reason;
        if (packet.Qos == QualityOfService.ExactlyOnce && TryRepeatPubrec(packet.PacketId))
            return ReasonCode.Success;
        if (packet.Qos != QualityOfService.AtMostOnce && isV5 && acks.Pubacks + session.InboundQos2.Count >= options.ReceiveMaximum)
            return ReasonCode.ReceiveMaximumExceeded; // §3.3.4
        var receipt = Offer(packet, topic);
        IsHeld = receipt.IsLater;
        if (IsHeld)
            return ReasonCode.Success;
        if (receipt.Reason < ReasonCode.UnspecifiedError)
            router.Route(topic, packet, session, pumps);
        else
            counters.PublishRefused();
        Acknowledge(packet, receipt);
        return ReasonCode.Success;
    }

    private ReasonCode FindTopic(in PublishPacket packet, out MqttTopic topic)
    {
        topic = null!;
        if (packet.TopicAlias == 0)
            return packet.TopicUtf8.IsEmpty
                ? isV5 ? ReasonCode.ProtocolError : ReasonCode.MalformedPacket
                : topics.TryGet(packet.TopicUtf8, out topic);
        if (packet.TopicAlias >= aliases.Length)
            return ReasonCode.TopicAliasInvalid; // [MQTT-3.3.2-9]
        if (packet.TopicUtf8.IsEmpty)
        {
            topic = aliases[packet.TopicAlias]!;
            return topic is null ? ReasonCode.TopicAliasInvalid : ReasonCode.Success;
        }

        var reason = topics.TryGet(packet.TopicUtf8, out topic);
        if (reason == ReasonCode.Success)
            aliases[packet.TopicAlias] = topic;
        return reason;
    }

    private bool TryRepeatPubrec(ushort packetId)
    {
        if (session.InboundQos2.Count == 0)
            return false;
        lock (session.Sync)
        {
            if (!session.InboundQos2.TryGetValue(packetId, out var ticket))
                return false;
            acks.Add(new PendingAck(packetId, PacketType.Pubrec, ReasonCode.Success, ticket));
            return true;
        }
    }

    private PublishReceipt Offer(in PublishPacket packet, MqttTopic topic)
    {
        topic.MayPublish ??= !topic.Name.StartsWith("$SYS/", StringComparison.Ordinal) && access.MayPublish(session, topic.Name);
        if (topic.MayPublish == false)
            return PublishReceipt.Refused(ReasonCode.NotAuthorized);
        return gate.Receive(new PublishArrival
        {
            Session = session, Topic = topic, Payload = packet.Payload, Qos = packet.Qos, Retain = packet.Retain,
            Duplicate = packet.Duplicate, Properties = new PublishProperties(packet.Properties),
        });
    }

    private void Acknowledge(in PublishPacket packet, PublishReceipt receipt)
    {
        if (packet.Qos == QualityOfService.AtMostOnce)
            return;
        if (packet.Qos == QualityOfService.AtLeastOnce)
        {
            acks.Add(new PendingAck(packet.PacketId, PacketType.Puback, receipt.Reason, receipt.Ticket));
            return;
        }

        // A refusal in MQTT 5 ends the exchange with PUBREC (§4.3.3); 3.1.1 knows no refusal and goes on to PUBREL.
        if (receipt.Reason < ReasonCode.UnspecifiedError || !isV5)
        {
            lock (session.Sync)
            {
                session.InboundQos2[packet.PacketId] = receipt.Ticket;
                session.Journal.IsInboundDirty = session.Journal.IsDirty = true;
            }
        }

        acks.Add(new PendingAck(packet.PacketId, PacketType.Pubrec, receipt.Reason, receipt.Ticket));
    }
}
