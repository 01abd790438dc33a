using Garam.Mqtt.Broker;
using Garam.Mqtt.Tests.Wire;

namespace Garam.Mqtt.Tests.Broker;

public sealed class Retained_Tests
{
    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Retained_messages_of_every_qos_come_on_subscribe_and_go_by_an_empty_payload(int version)
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = await RawClient.ConnectAsync(host, "a", version);
        await client.PublishAsync("TopicA/B", "qos 0", 0, true);
        await client.PublishAsync("Topic/C", "qos 1", 1, true);
        await client.PublishAsync("TopicA/C", "qos 2", 2, true);
        await client.SubscribeAsync("+/+");
        var found = await client.DrainPublishesAsync();
        found.Select(p => p.Text).Order().ShouldBe(["qos 0", "qos 1", "qos 2"]);
        found.ShouldAllBe(p => p.Retain);
        found.Select(p => p.Qos).Order().ShouldBe([0, 1, 2]);

        await using var second = await RawClient.ConnectAsync(host, "b", version);
        foreach (var topic in (string[])["TopicA/B", "Topic/C", "TopicA/C"])
            await second.PublishAsync(topic, "", 2, true);
        await second.SubscribeAsync("+/+");
        (await second.DrainPublishesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Retained_messages_keep_their_properties()
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = await RawClient.ConnectAsync(host, "a");
        await client.PublishAsync("t", "x", 1, true, Bytes.Pair("a", "2"), Bytes.Pair("c", "3"));
        await client.SubscribeAsync("t");
        (await client.ReadPublishAsync()).Properties.Texts(38).ShouldBe(["a=2", "c=3"]);
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 1, 0)]
    [InlineData(2, 0, 0)]
    public async Task Retain_handling_decides_when_they_come(int handling, int first, int second)
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = await RawClient.ConnectAsync(host, "a");
        await client.PublishAsync("t", "x", 1, true);
        await client.SubscribeAsync("t", handling << 4 | 2);
        (await client.DrainPublishesAsync()).Count.ShouldBe(first);
        await client.SubscribeAsync("t", handling << 4 | 2);
        (await client.DrainPublishesAsync()).Count.ShouldBe(second);
    }

    [Fact]
    public async Task Retain_as_published_keeps_the_flag_and_without_it_a_live_message_has_none()
    {
        await using var host = await BrokerHost.StartAsync();
        await using var keeping = await RawClient.ConnectAsync(host, "keeping");
        await using var plain = await RawClient.ConnectAsync(host, "plain");
        await keeping.SubscribeAsync("t", 8 | 1);
        await plain.SubscribeAsync("t", 1);
        await using var publisher = await RawClient.ConnectAsync(host, "p");
        await publisher.PublishAsync("t", "false");
        await publisher.PublishAsync("t", "true", 1, true);
        (await keeping.DrainPublishesAsync()).Select(p => p.Retain).ShouldBe([false, true]);
        (await plain.DrainPublishesAsync()).Select(p => p.Retain).ShouldBe([false, false]);
    }

    [Fact]
    public async Task A_retained_message_expires()
    {
        var time = new ManualTime();
        await using var host = await BrokerHost.StartAsync(time: time);
        await using var client = await RawClient.ConnectAsync(host, "a");
        await client.PublishAsync("t", "x", 1, true, Bytes.U32(2, 10));
        time.Advance(TimeSpan.FromSeconds(4));
        await client.SubscribeAsync("t");
        (await client.ReadPublishAsync()).Properties.Number(2).ShouldBe(6);
        time.Advance(TimeSpan.FromSeconds(7));
        await client.SubscribeAsync("t");
        (await client.DrainPublishesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Expired_messages_leave_the_store_by_themselves()
    {
        var time = new ManualTime();
        await using var host = await BrokerHost.StartAsync(new MqttOptions { SysInterval = TimeSpan.Zero }, time: time);
        await using var client = await RawClient.ConnectAsync(host, "a", 5, keepAlive: 60);
        await client.PublishAsync("t", "x", 1, true, Bytes.U32(2, 10));
        await client.PublishAsync("u", "x", 1, true);
        time.Advance(TimeSpan.FromSeconds(61));
        host.Broker.RetainedCount.ShouldBe(1);
    }

    [Fact]
    public async Task The_store_is_bounded_and_counts_what_it_refuses()
    {
        await using var host = await BrokerHost.StartAsync(new MqttOptions { RetainedMessagesMax = 2, SysInterval = TimeSpan.Zero });
        await using var client = await RawClient.ConnectAsync(host, "a");
        for (var i = 0; i < 5; i++)
            await client.PublishAsync("t/" + i, "x", 1, true);
        host.Broker.RetainedCount.ShouldBe(2);
        host.Broker.Counters.RetainedRefused.ShouldBe(3);
    }

    [Fact]
    public async Task Sys_topics_are_found_by_name_and_not_by_a_leading_wildcard()
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = await RawClient.ConnectAsync(host, "a");
        await client.SubscribeAsync("#", 0);
        await client.SubscribeAsync("+/broker/version", 0);
        (await client.DrainPublishesAsync()).ShouldBeEmpty();
        await client.SubscribeAsync("$SYS/broker/version", 0);
        (await client.ReadPublishAsync()).Text.ShouldStartWith("garam");
    }
}
