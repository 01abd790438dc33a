using Garam.Log;
using Garam.Mqtt.Broker;
using Garam.Mqtt.Packets;
using Garam.Mqtt.Topics;
using Garam.Platform.Packs;

namespace Garam.Platform.Ingress;

/// <summary>
/// The broker's way into the log: what is published on a routed topic is telemetry and is logged before PUBACK; everything else is an
/// ordinary publish.
/// </summary>
/// <remarks>Called on the connections' read loops. A topic is resolved once per connection and kept on it until the routes change.</remarks>
public sealed class MqttIngress(LogGate gate, PackCatalog packs) : IPublishGate
{
    /// <summary>A ticket that never becomes durable: the program goes down and nothing may be acknowledged.</summary>
    private const long NeverDurable = long.MaxValue;

    public bool IsCongested => gate.IsCongested;

    public PublishReceipt Receive(in PublishArrival arrival)
    {
        var resolved = arrival.Topic.Tag as ResolvedTopic;
        if (resolved is null || resolved.RouteVersion != packs.Current.Routes.Version)
            arrival.Topic.Tag = resolved = Resolve(arrival.Topic);
        if (resolved.Source is not { } source)
            return PublishReceipt.Accepted;
        if (gate.Refuses(source))
        {
            gate.Counters.Count(Protocol.Mqtt, IngressResult.Disabled);
            return PublishReceipt.Refused(ReasonCode.NotAuthorized);
        }

        if (arrival.Retain && arrival.Payload.IsEmpty)
            return PublishReceipt.Accepted;
        if (gate.IsClosed)
            return PublishReceipt.At(NeverDurable);
        if (source.Rate is { } rate && !rate.TryTake())
        {
            gate.Counters.Count(Protocol.Mqtt, IngressResult.RateLimited);
            return PublishReceipt.Later;
        }

        try
        {
            // The broker's ticket 0 means "nothing to wait for", so positions are shifted by one.
            return gate.TryAppend(source, arrival.Payload, out var position) ? PublishReceipt.At(position.Value + 1) : PublishReceipt.Later;
        }
        catch (LogFailedException)
        {
            gate.Counters.Count(Protocol.Mqtt, IngressResult.Unavailable);
            return PublishReceipt.At(NeverDurable);
        }
    }

    public ValueTask WaitDurableAsync(long ticket, CancellationToken cancellation) => ticket == NeverDurable
        ? ValueTask.FromException(new InvalidOperationException("The log takes no more messages; nothing is acknowledged."))
        : gate.WaitDurableAsync(new LogPosition(ticket - 1), cancellation);

    public ValueTask WaitForRoomAsync(CancellationToken cancellation) => gate.WaitForRoomAsync(cancellation);

    private ResolvedTopic Resolve(MqttTopic topic)
    {
        var routes = packs.Current.Routes;
        if (routes.Match(topic.Name, out var device, out var hub) is not { } route)
            return new ResolvedTopic(routes.Version, null);
        return new ResolvedTopic(routes.Version, gate.NewSource(Protocol.Mqtt, route, device, hub, topic.Name));
    }

    private sealed record ResolvedTopic(int RouteVersion, IngressSource? Source);
}
