using Garam.Mqtt.Packets;
using Garam.Mqtt.Retained;
using Garam.Mqtt.Sessions;
using Garam.Mqtt.Topics;

namespace Garam.Mqtt.Broker;

/// <summary>SUBSCRIBE and UNSUBSCRIBE of one connection (§3.8 to §3.11).</summary>
internal sealed class SubscribeFlow(
    MqttSession session, MqttOptions options, IMqttAccess access, SubscriptionTree tree, RetainedStore retained, BrokerCounters counters,
    TimeProvider time, PumpList pumps)
{
    private readonly PacketBuffer body = new(64);
    private readonly List<PublishedMessage> found = [];

    /// <summary>Anything but success ends the connection with that reason.</summary>
    public ReasonCode Subscribe(ReadOnlySpan<byte> packetBody, PacketBuffer control)
    {
        var reason = SubscribePacket.TryParse(packetBody, session.Version, out var packet);
        if (reason != ReasonCode.Success)
            return reason;
        var granted = new (SubscribeEntry Entry, Subscription Subscription, bool IsNew)?[packet.Entries.Count];
        body.Clear();
        body.UInt16(packet.PacketId);
        if (session.Version == ProtocolVersion.V5)
            body.Variable(0);
        for (var i = 0; i < granted.Length; i++)
        {
            var entry = packet.Entries[i];
            if (entry.NoLocal && entry.Filter.StartsWith("$share/", StringComparison.Ordinal))
                return ReasonCode.ProtocolError; // [MQTT-3.8.3-4]
            var code = Grant(entry, packet.Identifier, out granted[i]);
            body.Byte((byte)(code >= ReasonCode.UnspecifiedError && session.Version == ProtocolVersion.V311
                ? ReasonCode.UnspecifiedError
                : code));
        }

        lock (session.Sync)
            control.Packet(PacketType.Suback, 0, body.Written);
        foreach (var grant in granted)
            if (grant is { } value)
                SendRetained(value.Entry, value.Subscription, value.IsNew);
        return ReasonCode.Success;
    }

    /// <summary>Anything but success ends the connection with that reason.</summary>
    public ReasonCode Unsubscribe(ReadOnlySpan<byte> packetBody, PacketBuffer control)
    {
        var reason = UnsubscribePacket.TryParse(packetBody, session.Version, out var packet);
        if (reason != ReasonCode.Success)
            return reason;
        body.Clear();
        body.UInt16(packet.PacketId);
        if (session.Version == ProtocolVersion.V5)
            body.Variable(0);
        foreach (var filter in packet.Filters)
        {
            Subscription? removed;
            lock (session.Sync)
            {
                session.Subscriptions.Remove(filter, out removed);
                session.Journal.IsHeadDirty = session.Journal.IsDirty = true;
            }

            if (removed is not null)
                tree.Remove(removed);
            if (session.Version == ProtocolVersion.V5)
                body.Byte((byte)(removed is null ? ReasonCode.NoSubscriptionExisted : ReasonCode.Success));
        }

        lock (session.Sync)
            control.Packet(PacketType.Unsuback, 0, body.Written);
        return ReasonCode.Success;
    }

    private ReasonCode Grant(SubscribeEntry entry, uint identifier, out (SubscribeEntry, Subscription, bool)? granted)
    {
        granted = null;
        if (!TopicFilter.TryParse(entry.Filter, options.TopicBytesMax, options.TopicLevelsMax, out var parsed))
            return ReasonCode.TopicFilterInvalid;
        if (!access.MaySubscribe(session, parsed.Pattern))
            return options.SubscribeRefusedReason;
        var subscription = new Subscription(entry.Filter, parsed)
        {
            Session = session, Qos = entry.Qos, NoLocal = entry.NoLocal, RetainAsPublished = entry.RetainAsPublished,
            Identifier = identifier,
        };
        Subscription? replaced;
        lock (session.Sync)
        {
            if (!session.Subscriptions.TryGetValue(entry.Filter, out replaced)
                && session.Subscriptions.Count >= options.SubscriptionsPerSessionMax)
                return ReasonCode.QuotaExceeded;
            session.Subscriptions[entry.Filter] = subscription;
            session.Journal.IsHeadDirty = session.Journal.IsDirty = true;
        }

        tree.Add(subscription, replaced);
        granted = (entry, subscription, replaced is null);
        return (ReasonCode)(byte)entry.Qos;
    }

    private void SendRetained(SubscribeEntry entry, Subscription subscription, bool isNew)
    {
        // Nothing retained for shared subscriptions (§4.8.2).
        if (subscription.Parsed.ShareName is not null || entry.RetainHandling == RetainHandling.Never
            || entry.RetainHandling == RetainHandling.WhenNew && !isNew)
            return;
        retained.Collect(subscription.Parsed.Pattern, time.GetUtcNow().ToUnixTimeMilliseconds(), found);
        uint[]? identifiers = subscription.Identifier == 0 ? null : [subscription.Identifier];
        foreach (var message in found)
        {
            var qos = message.Qos < subscription.Qos ? message.Qos : subscription.Qos;
            var result = session.Enqueue(message, qos, retain: true, identifiers, counters);
            message.Release();
            if (result == EnqueueResult.PumpNow)
                session.Connection?.Output.Pump();
            else if (result == EnqueueResult.PumpLater)
                pumps.Add(session);
        }

        found.Clear();
    }
}
