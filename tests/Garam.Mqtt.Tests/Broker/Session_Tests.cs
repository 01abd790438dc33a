using Garam.Mqtt.Broker;
using Garam.Mqtt.Tests.Wire;

namespace Garam.Mqtt.Tests.Broker;

public sealed class Session_Tests
{
    private static byte[][] Expiry(uint seconds) => [Bytes.U32(17, seconds)];

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Messages_wait_for_an_absent_client(int version)
    {
        await using var host = await BrokerHost.StartAsync();
        await using (var client = await RawClient.ConnectAsync(host, "a", version, clean: false, properties: Expiry(99_999)))
        {
            await client.SubscribeAsync("+/+");
            await client.DisconnectAsync();
        }

        await using var publisher = await RawClient.ConnectAsync(host, "p", version);
        await publisher.PublishAsync("TopicA/B", "qos 0", 0);
        await publisher.PublishAsync("Topic/C", "qos 1", 1);
        await publisher.PublishAsync("TopicA/C", "qos 2", 2);
        await using var back = await RawClient.ConnectAsync(host, "a", version, clean: false);
        back.SessionPresent.ShouldBeTrue();
        (await back.DrainPublishesAsync()).Select(p => p.Text).ShouldBe(["qos 1", "qos 2"]);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task What_was_not_acknowledged_comes_again_in_order_with_its_identifier(int version)
    {
        await using var host = await BrokerHost.StartAsync();
        List<RawPublish> first;
        await using (var client = await RawClient.ConnectAsync(host, "a", version, clean: false, properties: Expiry(100)))
        {
            await client.SubscribeAsync("TopicA/#");
            await client.SendAsync(
                Bytes.Publish("TopicA/B", "one", 1, 1, version: version), Bytes.Publish("TopicA/C", "two", 2, 2, version: version));
            first = await client.DrainPublishesAsync();
            await client.DisconnectAsync();
        }

        await using var back = await RawClient.ConnectAsync(host, "a", version, clean: false, properties: Expiry(100));
        var again = await back.DrainPublishesAsync();
        again.Select(p => (p.Text, p.Id, p.Duplicate)).ShouldBe(first.Select(p => (p.Text, p.Id, true)));
        await back.SendAsync(Bytes.Puback(again[0].Id), Bytes.Pubrec(again[1].Id));
        (await back.ReadAsync()).Hex.ShouldStartWith("62");
        await back.DisconnectAsync();

        // PUBREC was sent: PUBREL is what comes again, not the message.
        await using var third = await RawClient.ConnectAsync(host, "a", version, clean: false, properties: Expiry(100));
        (await third.DrainAsync()).Select(p => p.Hex).ShouldBe([$"62{again[1].Id:X4}"]);
        await third.SendAsync(Bytes.Pubcomp(again[1].Id));
        await third.DisconnectAsync();
        await using var fourth = await RawClient.ConnectAsync(host, "a", version, clean: false, properties: Expiry(100));
        (await fourth.DrainAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_session_lives_as_long_as_it_was_asked_to()
    {
        var time = new ManualTime();
        await using var host = await BrokerHost.StartAsync(time: time);
        await using (var client = await RawClient.ConnectAsync(host, "a", properties: Expiry(0)))
            await client.DisconnectAsync();
        await using (var client = await RawClient.ConnectAsync(host, "a", clean: false, properties: Expiry(5)))
        {
            client.SessionPresent.ShouldBeFalse();
            await client.DisconnectAsync();
        }

        time.Advance(TimeSpan.FromSeconds(2));
        await using (var client = await RawClient.ConnectAsync(host, "a", clean: false, properties: Expiry(5)))
        {
            client.SessionPresent.ShouldBeTrue();
            await client.DisconnectAsync();
        }

        await Eventually.ShouldAsync(() => host.Broker.ConnectedClients == 0, "the connection is let go");
        time.Advance(TimeSpan.FromSeconds(6));
        host.Broker.SessionCount.ShouldBe(0);
    }

    [Fact]
    public async Task Disconnect_may_change_the_expiry()
    {
        var time = new ManualTime();
        await using var host = await BrokerHost.StartAsync(time: time);
        await using (var client = await RawClient.ConnectAsync(host, "a", properties: Expiry(1)))
            await client.DisconnectAsync(0, Expiry(5));
        await Eventually.ShouldAsync(() => host.Broker.ConnectedClients == 0, "the connection is let go");
        time.Advance(TimeSpan.FromSeconds(3));
        await using (var client = await RawClient.ConnectAsync(host, "a", clean: false, properties: Expiry(1)))
        {
            client.SessionPresent.ShouldBeTrue();
            await client.DisconnectAsync(0, Expiry(0));
        }

        await using var last = await RawClient.ConnectAsync(host, "a", clean: false);
        last.SessionPresent.ShouldBeFalse();
    }

    [Fact]
    public async Task Disconnect_may_not_give_a_life_to_a_session_without_one()
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = await RawClient.ConnectAsync(host, "a");
        await client.SendAsync(Bytes.Disconnect(0, Expiry(5)));
        await client.ExpectDisconnectAsync(0x82);
    }

    [Fact]
    public async Task An_expiry_above_the_limit_is_lowered_and_told()
    {
        await using var host = await BrokerHost.StartAsync(new MqttOptions { SessionExpiryMax = TimeSpan.FromHours(1) });
        await using var client = await RawClient.ConnectAsync(host, "a", properties: Expiry(uint.MaxValue));
        client.ConnackProperties.Number(17).ShouldBe(3600);
    }

    [Fact]
    public async Task Messages_expire_while_they_wait_and_tell_what_is_left()
    {
        var time = new ManualTime();
        await using var host = await BrokerHost.StartAsync(time: time);
        await using (var client = await RawClient.ConnectAsync(host, "b", properties: Expiry(99_999)))
        {
            await client.SubscribeAsync("t");
            await client.DisconnectAsync();
        }

        await using var publisher = await RawClient.ConnectAsync(host, "a");
        await publisher.PublishAsync("t", "short 1", 1, false, Bytes.U32(2, 1));
        await publisher.PublishAsync("t", "short 2", 2, false, Bytes.U32(2, 1));
        await publisher.PublishAsync("t", "long 1", 1, false, Bytes.U32(2, 6));
        await publisher.PublishAsync("t", "long 2", 2, false, Bytes.U32(2, 6));
        time.Advance(TimeSpan.FromSeconds(3));
        await using var back = await RawClient.ConnectAsync(host, "b", clean: false);
        var found = await back.DrainPublishesAsync();
        found.Select(p => (p.Text, p.Properties.Number(2))).ShouldBe([("long 1", 3), ("long 2", 3)]);
        host.Broker.Counters.DroppedExpired.ShouldBe(2);
    }

    [Fact]
    public async Task A_full_queue_gives_up_qos_0_first_then_refuses_and_counts()
    {
        await using var host = await BrokerHost.StartAsync(new MqttOptions { QueuedMessagesMax = 3 });
        await using (var client = await RawClient.ConnectAsync(host, "a", properties: Expiry(100)))
        {
            await client.SubscribeAsync("t");
            await client.DisconnectAsync();
        }

        await using var publisher = await RawClient.ConnectAsync(host, "p");
        for (var i = 0; i < 5; i++)
            await publisher.PublishAsync("t", "m" + i, 1);
        await using var back = await RawClient.ConnectAsync(host, "a", clean: false);
        (await back.DrainPublishesAsync()).Select(p => p.Text).ShouldBe(["m0", "m1", "m2"]);
        host.Broker.Counters.DroppedQueueFull.ShouldBe(2);
    }

    [Fact]
    public async Task A_subscriber_that_does_not_read_stalls_nobody()
    {
        await using var host = await BrokerHost.StartAsync(new MqttOptions { QueuedMessagesMax = 100 });
        await using var slow = await RawClient.ConnectAsync(host, "slow");
        await slow.SubscribeAsync("t", 0);
        await using var publisher = await RawClient.ConnectAsync(host, "p");
        var payload = new string('x', 50_000);
        for (var i = 0; i < 400; i++)
            await publisher.PublishAsync("t", payload, 1);
        host.Broker.Counters.DroppedQos0.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_session_can_be_ended_from_inside()
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = await RawClient.ConnectAsync(host, "a", properties: Expiry(100));
        (await host.Broker.EndSessionAsync("a", CancellationToken.None)).ShouldBeTrue();
        await client.ExpectDisconnectAsync(0x98);
        host.Broker.SessionCount.ShouldBe(0);
        host.Broker.SubscriptionCount.ShouldBe(0);
    }
}
