using Garam.Mqtt.Tests.Wire;

namespace Garam.Mqtt.Tests.Broker;

public sealed class Will_Tests
{
    private static Bytes.Will Will(uint delay = 0) => new("will/topic", "gone", 2, false, delay == 0 ? null : [Bytes.U32(24, delay)]);

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_lost_connection_publishes_the_will(int version)
    {
        await using var host = await BrokerHost.StartAsync();
        await using var watcher = await RawClient.ConnectAsync(host, "watcher", version);
        await watcher.SubscribeAsync("will/topic");
        await using var client = await RawClient.ConnectAsync(host, "mortal", version, will: Will());
        client.Kill();
        var will = await watcher.ReadPublishAsync();
        (will.Topic, will.Text, will.Qos).ShouldBe(("will/topic", "gone", 2));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_goodbye_throws_the_will_away(int version)
    {
        await using var host = await BrokerHost.StartAsync();
        await using var watcher = await RawClient.ConnectAsync(host, "watcher", version);
        await watcher.SubscribeAsync("will/topic");
        await using var client = await RawClient.ConnectAsync(host, "mortal", version, will: Will());
        await client.DisconnectAsync();
        (await watcher.DrainPublishesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_goodbye_may_ask_for_the_will()
    {
        await using var host = await BrokerHost.StartAsync();
        await using var watcher = await RawClient.ConnectAsync(host, "watcher");
        await watcher.SubscribeAsync("will/topic");
        await using var client = await RawClient.ConnectAsync(host, "mortal", will: Will());
        await client.DisconnectAsync(4);
        (await watcher.ReadPublishAsync()).Text.ShouldBe("gone");
    }

    [Fact]
    public async Task A_will_keeps_its_properties()
    {
        await using var host = await BrokerHost.StartAsync();
        await using var watcher = await RawClient.ConnectAsync(host, "watcher");
        await watcher.SubscribeAsync("will/topic");
        await using var client = await RawClient.ConnectAsync(
            host, "mortal", will: new("will/topic", "gone", 1, false, [Bytes.Pair("a", "2"), Bytes.Pair("c", "3"), Bytes.U32(24, 0)]));
        client.Kill();
        (await watcher.ReadPublishAsync()).Properties.Texts(38).ShouldBe(["a=2", "c=3"]);
    }

    [Theory]
    [InlineData(3u, 5u, 3)]
    [InlineData(5u, 0u, 0)]
    [InlineData(5u, 2u, 2)]
    public async Task A_will_waits_for_its_delay_or_the_end_of_its_session(uint delay, uint sessionExpiry, int seconds)
    {
        var time = new ManualTime();
        await using var host = await BrokerHost.StartAsync(time: time);
        await using var watcher = await RawClient.ConnectAsync(host, "watcher");
        await watcher.SubscribeAsync("will/topic");
        await using var client = await RawClient.ConnectAsync(
            host, "mortal", properties: [Bytes.U32(17, sessionExpiry)], will: Will(delay));
        client.Kill();
        await Eventually.ShouldAsync(() => host.Broker.ConnectedClients == 1, "the connection is let go");
        if (seconds > 0)
        {
            time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(100));
            (await watcher.DrainPublishesAsync()).ShouldBeEmpty();
            time.Advance(TimeSpan.FromMilliseconds(100));
        }

        (await watcher.ReadPublishAsync()).Text.ShouldBe("gone");
    }

    [Fact]
    public async Task A_client_that_comes_back_in_time_calls_its_will_off()
    {
        var time = new ManualTime();
        await using var host = await BrokerHost.StartAsync(time: time);
        await using var watcher = await RawClient.ConnectAsync(host, "watcher");
        await watcher.SubscribeAsync("will/topic");
        await using var client = await RawClient.ConnectAsync(host, "mortal", properties: [Bytes.U32(17, 100)], will: Will(5));
        client.Kill();
        await Eventually.ShouldAsync(() => host.Broker.ConnectedClients == 1, "the connection is let go");
        await using var back = await RawClient.ConnectAsync(host, "mortal", clean: false, properties: [Bytes.U32(17, 100)]);
        time.Advance(TimeSpan.FromSeconds(6));
        (await watcher.DrainPublishesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_clean_start_ends_the_session_and_publishes_the_waiting_will()
    {
        await using var host = await BrokerHost.StartAsync();
        await using var watcher = await RawClient.ConnectAsync(host, "watcher");
        await watcher.SubscribeAsync("will/topic");
        await using var client = await RawClient.ConnectAsync(host, "mortal", properties: [Bytes.U32(17, 100)], will: Will(50));
        client.Kill();
        await Eventually.ShouldAsync(() => host.Broker.ConnectedClients == 1, "the connection is let go");
        await using var back = await RawClient.ConnectAsync(host, "mortal");
        (await watcher.ReadPublishAsync()).Text.ShouldBe("gone");
    }

    [Fact]
    public async Task A_will_goes_through_the_gate_and_says_what_it_is()
    {
        var isWill = false;
        var gate = new TestGate { OnReceive = (in a) => isWill = a.IsWill };
        await using var host = await BrokerHost.StartAsync(gate: gate);
        await using var client = await RawClient.ConnectAsync(host, "mortal", will: Will());
        client.Kill();
        await Eventually.ShouldAsync(() => gate.Received.Count == 1, "the gate sees the will");
        isWill.ShouldBeTrue();
    }

    [Theory]
    [InlineData(4, 5)]
    [InlineData(5, 0x87)]
    public async Task A_will_to_a_forbidden_topic_refuses_the_connection(int version, int reason)
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = RawClient.Open(host, version);
        await client.SendAsync(Bytes.Connect("a", version, will: new("nopublish/x", "gone")));
        (await client.ReadAsync()).Body[1].ShouldBe((byte)reason);
    }
}
