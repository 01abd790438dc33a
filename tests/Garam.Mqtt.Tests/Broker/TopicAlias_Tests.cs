using Garam.Mqtt.Tests.Wire;

namespace Garam.Mqtt.Tests.Broker;

public sealed class TopicAlias_Tests
{
    [Fact]
    public async Task A_client_sets_and_uses_an_alias()
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = await RawClient.ConnectAsync(host, "a");
        await client.SubscribeAsync("TopicA");
        await client.SendAsync(
            Bytes.Publish("TopicA", "1", 1, 1, false, false, 5, Bytes.U16(35, 1)),
            Bytes.Publish("", "2", 1, 2, false, false, 5, Bytes.U16(35, 1)),
            Bytes.Publish("Other", "3", 1, 3, false, false, 5, Bytes.U16(35, 1)),
            Bytes.Publish("", "4", 1, 4, false, false, 5, Bytes.U16(35, 1)));
        (await client.DrainPublishesAsync()).Select(p => (p.Topic, p.Text)).ShouldBe([("TopicA", "1"), ("TopicA", "2")]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65)]
    public async Task An_alias_of_zero_unset_or_above_the_maximum_is_0x94(int alias)
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = await RawClient.ConnectAsync(host, "a");
        await client.SendAsync(Bytes.Publish(alias == 1 ? "" : "TopicA", "x", 1, 1, false, false, 5, Bytes.U16(35, alias)));
        await client.ExpectDisconnectAsync(0x94);
    }

    [Fact]
    public async Task Aliases_do_not_outlive_the_connection()
    {
        await using var host = await BrokerHost.StartAsync();
        await using (var client = await RawClient.ConnectAsync(host, "a", properties: [Bytes.U32(17, 99_999)]))
        {
            await client.PublishAsync("TopicA", "1", 1, false, Bytes.U16(35, 1));
            await client.DisconnectAsync();
        }

        await using var back = await RawClient.ConnectAsync(host, "a", clean: false);
        await back.SendAsync(Bytes.Publish("", "x", 1, 1, false, false, 5, Bytes.U16(35, 1)));
        await back.ExpectDisconnectAsync(0x94);
    }

    [Fact]
    public async Task The_server_uses_as_many_aliases_as_the_client_allows()
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = await RawClient.ConnectAsync(host, "a", properties: [Bytes.U16(34, 1)]);
        await client.SubscribeAsync("#");
        for (var qos = 0; qos < 3; qos++)
            await client.SendAsync(Bytes.Publish("TopicA", "x", qos, qos));
        await client.SendAsync(Bytes.Publish("TopicB", "x"));
        var found = await client.DrainPublishesAsync();
        found.Select(p => p.Topic).ShouldBe(["TopicA", "", "", "TopicB"]);
        found.Take(3).Select(p => p.Properties.Number(35)).ShouldBe([1, 1, 1]);
        found[3].Properties.Has(35).ShouldBeFalse();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_server_uses_none_when_none_are_allowed(bool isExplicit)
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = await RawClient.ConnectAsync(host, "a", properties: isExplicit ? [Bytes.U16(34, 0)] : []);
        await client.SubscribeAsync("TopicA");
        for (var qos = 0; qos < 3; qos++)
            await client.SendAsync(Bytes.Publish("TopicA", "x", qos, qos));
        var found = await client.DrainPublishesAsync();
        found.Count.ShouldBe(3);
        found.ShouldAllBe(p => p.Topic == "TopicA" && !p.Properties.Has(35));
    }
}
