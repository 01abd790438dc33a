using Garam.Mqtt.Tests.Wire;

namespace Garam.Mqtt.Tests.Broker;

public sealed class KeepAlive_Tests
{
    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Silence_of_one_and_a_half_keep_alives_ends_the_connection_and_publishes_the_will(int version)
    {
        var time = new ManualTime();
        await using var host = await BrokerHost.StartAsync(time: time);
        await using var watcher = await RawClient.ConnectAsync(host, "watcher", version);
        await watcher.SubscribeAsync("/TopicA");
        await using var client = await RawClient.ConnectAsync(
            host, "silent", version, keepAlive: 5, will: new("/TopicA", "keepalive expiry"));
        time.Advance(TimeSpan.FromSeconds(7));
        (await watcher.DrainPublishesAsync()).ShouldBeEmpty();
        time.Advance(TimeSpan.FromSeconds(2));
        (await watcher.ReadPublishAsync()).Text.ShouldBe("keepalive expiry");
        if (version == 5)
            await client.ExpectDisconnectAsync(0x8D);
        else
            (await client.TryReadAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_ping_keeps_the_connection()
    {
        var time = new ManualTime();
        await using var host = await BrokerHost.StartAsync(time: time);
        await using var client = await RawClient.ConnectAsync(host, "a", keepAlive: 5);
        for (var i = 0; i < 5; i++)
        {
            time.Advance(TimeSpan.FromSeconds(4));
            await client.DrainAsync();
        }
    }

    [Fact]
    public async Task A_3_1_1_client_may_switch_it_off()
    {
        var time = new ManualTime();
        await using var host = await BrokerHost.StartAsync(time: time);
        await using var client = await RawClient.ConnectAsync(host, "a", 4, keepAlive: 0);
        time.Advance(TimeSpan.FromHours(1));
        await client.DrainAsync();
    }

    [Fact]
    public async Task The_servers_keep_alive_is_enforced_on_a_client_that_asked_for_none()
    {
        var time = new ManualTime();
        await using var host = await BrokerHost.StartAsync(time: time);
        await using var client = await RawClient.ConnectAsync(host, "a", keepAlive: 0);
        time.Advance(TimeSpan.FromSeconds(91));
        await client.ExpectDisconnectAsync(0x8D);
    }
}
