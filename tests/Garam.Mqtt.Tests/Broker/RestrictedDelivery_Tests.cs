using Garam.Mqtt.Broker;
using Garam.Mqtt.Sessions;
using Garam.Mqtt.Tests.Wire;

namespace Garam.Mqtt.Tests.Broker;

/// <summary>Principals who do not see everything: what they may not receive is held back, however it came into their session.</summary>
public sealed class RestrictedDelivery_Tests
{
    [Fact]
    public async Task A_wildcard_brings_only_what_may_be_received_live_and_retained()
    {
        await using var host = await BrokerHost.StartAsync(access: new HalfBlindAccess());
        await using var publisher = await RawClient.ConnectAsync(host, "publisher");
        await publisher.PublishAsync("ours/a", "retained", 1, true);
        await publisher.PublishAsync("theirs/a", "retained secret", 1, true);
        await using var client = await RawClient.ConnectAsync(host, "restricted");
        await client.SubscribeAsync("#", 1);
        await publisher.PublishAsync("theirs/b", "secret", 1, false);
        await publisher.PublishAsync("ours/b", "live", 1, false);

        (await client.DrainPublishesAsync()).Select(p => p.Text).ShouldBe(["retained", "live"]);
    }

    [Fact]
    public async Task Closing_by_principal_ends_those_connections_and_no_others()
    {
        await using var host = await BrokerHost.StartAsync(access: new HalfBlindAccess());
        await using var one = await RawClient.ConnectAsync(host, "restricted");
        await using var other = await RawClient.ConnectAsync(host, "publisher");

        host.Broker.Disconnect(principal => principal is "restricted").ShouldBe(1);

        await Eventually.ShouldAsync(() => host.Broker.ConnectedClients == 1, "one connection is left");
        await other.PublishAsync("ours/c", "still here", 1, false);
    }

    /// <summary>The client "restricted" receives nothing below <c>theirs</c>.</summary>
    private sealed class HalfBlindAccess : IMqttAccess
    {
        public ValueTask<ConnectVerdict> AuthenticateAsync(ConnectAttempt attempt, CancellationToken cancellation) =>
            new(ConnectVerdict.Accept(attempt.ClientId) with { IsRestricted = attempt.ClientId == "restricted" });

        public bool MayPublish(MqttSession session, string topic) => true;

        public bool MaySubscribe(MqttSession session, string filter) => true;

        public bool MayReceive(MqttSession session, string topic) => !topic.StartsWith("theirs/", StringComparison.Ordinal);
    }
}
