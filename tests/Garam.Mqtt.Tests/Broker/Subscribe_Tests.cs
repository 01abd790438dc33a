using Garam.Mqtt.Broker;
using Garam.Mqtt.Tests.Wire;

namespace Garam.Mqtt.Tests.Broker;

public sealed class Subscribe_Tests
{
    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Overlapping_subscriptions_deliver_once_at_the_highest_qos(int version)
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = await RawClient.ConnectAsync(host, "a", version);
        await client.SendAsync(Bytes.Subscribe(1, [("TopicA/#", 2), ("TopicA/+", 1)], version));
        (await client.ReadAsync()).Body[^2..].ShouldBe([2, 1]);
        await client.SendAsync(Bytes.Publish("TopicA/C", "overlapping", 2, 7, version: version));
        var found = await client.DrainPublishesAsync();
        found.Single().Qos.ShouldBe(2);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Access_rules_refuse_a_subscription(int version)
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = await RawClient.ConnectAsync(host, "a", version);
        (await client.SubscribeAsync("test/nosubscribe")).ShouldBe(0x80);
        await client.PublishAsync("test/nosubscribe", "x");
        (await client.DrainPublishesAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_leading_wildcard_does_not_match_a_dollar_topic(int version)
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = await RawClient.ConnectAsync(host, "a", version);
        await client.SubscribeAsync("+/+");
        await client.SubscribeAsync("#");
        await client.PublishAsync("$TopicA/B", "", 1);
        (await client.DrainPublishesAsync()).ShouldBeEmpty();
        await client.SubscribeAsync("$TopicA/#");
        await client.SendAsync(Bytes.Publish("$TopicA/B", "x", 1, 9, version: version));
        (await client.DrainPublishesAsync()).Single().Text.ShouldBe("x");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Unsubscribe_ends_one_subscription_and_not_the_others(int version)
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = await RawClient.ConnectAsync(host, "b", version);
        foreach (var topic in (string[])["TopicA", "TopicA/B", "Topic/C"])
            await client.SubscribeAsync(topic);
        await client.SendAsync(Bytes.Unsubscribe(9, "TopicA", version), Bytes.Unsubscribe(10, "never", version));
        (await client.ReadAsync()).Hex.ShouldBe(version == 5 ? "B000090000" : "B00009");
        (await client.ReadAsync()).Hex.ShouldBe(version == 5 ? "B0000A0011" : "B0000A");
        await using var publisher = await RawClient.ConnectAsync(host, "a", version);
        foreach (var topic in (string[])["TopicA", "TopicA/B", "Topic/C"])
            await publisher.PublishAsync(topic, topic);
        (await client.DrainPublishesAsync()).Select(p => p.Topic).ShouldBe(["TopicA/B", "Topic/C"]);
    }

    [Fact]
    public async Task No_local_keeps_a_clients_own_messages_from_it()
    {
        await using var host = await BrokerHost.StartAsync();
        await using var a = await RawClient.ConnectAsync(host, "a");
        await using var b = await RawClient.ConnectAsync(host, "b");
        await a.SubscribeAsync("t", 4 | 2);
        await b.SubscribeAsync("t", 4 | 2);
        await a.PublishAsync("t", "noLocal");
        (await a.DrainPublishesAsync()).ShouldBeEmpty();
        (await b.DrainPublishesAsync()).Single().Text.ShouldBe("noLocal");
    }

    [Fact]
    public async Task Every_matching_subscription_identifier_comes_with_the_message()
    {
        await using var host = await BrokerHost.StartAsync();
        await using var a = await RawClient.ConnectAsync(host, "a");
        await using var b = await RawClient.ConnectAsync(host, "b");
        await a.SubscribeAsync("TopicA", 2, 456_789);
        await b.SubscribeAsync("TopicA", 2, 2);
        await b.SubscribeAsync("TopicA/#", 2, 3);
        await b.SendAsync(Bytes.Publish("TopicA", "sub identifier", 1, 5));
        (await a.ReadPublishAsync()).Properties.Numbers(11).ShouldBe([456_789]);
        var own = await b.DrainPublishesAsync();
        own.Single().Properties.Numbers(11).Order().ShouldBe([2, 3]);
    }

    [Fact]
    public async Task A_request_brings_its_response_topic_and_correlation_data()
    {
        await using var host = await BrokerHost.StartAsync();
        await using var requester = await RawClient.ConnectAsync(host, "a");
        await using var responder = await RawClient.ConnectAsync(host, "b");
        await requester.SubscribeAsync("t", 4 | 2);
        await responder.SubscribeAsync("t", 4 | 2);
        await requester.PublishAsync("t", "request", 1, false, Bytes.Str(8, "t"), [9, .. Bytes.Text("334")]);
        var request = await responder.ReadPublishAsync();
        (request.Properties.Text(8), request.Properties.Text(9)).ShouldBe(("t", "334"));
        await responder.SendAsync(Bytes.Publish("t", "response", 1, 3));
        (await requester.ReadPublishAsync()).Text.ShouldBe("response");
    }

    [Fact]
    public async Task Forwarded_properties_arrive_unaltered_at_every_qos()
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = await RawClient.ConnectAsync(host, "a");
        await client.SubscribeAsync("t");
        for (var qos = 0; qos < 3; qos++)
            await client.SendAsync(Bytes.Publish(
                "t", "", qos, qos, false, false, 5, [1, 1], Bytes.Str(3, "My name"), Bytes.Pair("a", "2"), Bytes.Pair("c", "3")));
        var found = await client.DrainPublishesAsync();
        found.Select(p => p.Qos).ShouldBe([0, 1, 2]);
        foreach (var publish in found)
        {
            publish.Properties.Number(1).ShouldBe(1);
            publish.Properties.Text(3).ShouldBe("My name");
            publish.Properties.Texts(38).ShouldBe(["a=2", "c=3"]);
        }
    }

    [Theory]
    [InlineData("a/#/b")]
    [InlineData("a#")]
    [InlineData("a+/b")]
    [InlineData("$share/name")]
    [InlineData("$share//t")]
    [InlineData("$share/n+/t")]
    [InlineData("")]
    public async Task A_bad_filter_is_refused_by_itself(string filter)
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = await RawClient.ConnectAsync(host, "a");
        await client.SendAsync(Bytes.Subscribe(1, [(filter, 1), ("good", 1)]));
        (await client.ReadAsync()).Body[^2..].ShouldBe([0x8F, 1]);
    }

    [Fact]
    public async Task Subscriptions_of_a_session_are_limited()
    {
        await using var host = await BrokerHost.StartAsync(new MqttOptions { SubscriptionsPerSessionMax = 2 });
        await using var client = await RawClient.ConnectAsync(host, "a");
        await client.SubscribeAsync("a");
        await client.SubscribeAsync("b");
        (await client.SubscribeAsync("c")).ShouldBe(0x97);
        (await client.SubscribeAsync("b", 1)).ShouldBe(1);
    }

    [Fact]
    public async Task A_shared_subscription_gives_each_message_to_one_member()
    {
        await using var host = await BrokerHost.StartAsync();
        await using var a = await RawClient.ConnectAsync(host, "a");
        await using var b = await RawClient.ConnectAsync(host, "b", 4);
        foreach (var member in (RawClient[])[a, b])
        {
            await member.SubscribeAsync("$share/group/x");
            await member.SubscribeAsync("TopicA");
        }

        await using var publisher = await RawClient.ConnectAsync(host, "p");
        await publisher.PublishAsync("TopicA", "to both");
        for (var i = 0; i < 10; i++)
            await publisher.PublishAsync("x", "to one", 1);
        var first = await a.DrainPublishesAsync();
        var second = await b.DrainPublishesAsync();
        first.Count(p => p.Topic == "TopicA").ShouldBe(1);
        second.Count(p => p.Topic == "TopicA").ShouldBe(1);
        first.Count(p => p.Topic == "x").ShouldBe(5);
        second.Count(p => p.Topic == "x").ShouldBe(5);
    }

    [Fact]
    public async Task No_local_on_a_shared_subscription_is_an_error()
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = await RawClient.ConnectAsync(host, "a");
        await client.SendAsync(Bytes.Subscribe(1, "$share/g/t", 4 | 1));
        await client.ExpectDisconnectAsync(0x82);
    }
}
