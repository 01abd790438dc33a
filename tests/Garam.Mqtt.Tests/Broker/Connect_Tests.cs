using Garam.Mqtt.Broker;
using Garam.Mqtt.Packets;
using Garam.Mqtt.Tests.Wire;

namespace Garam.Mqtt.Tests.Broker;

public sealed class Connect_Tests
{
    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_client_connects_publishes_at_every_qos_and_gets_its_own_messages(int version)
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = await RawClient.ConnectAsync(host, "a", version);
        client.SessionPresent.ShouldBeFalse();
        (await client.SubscribeAsync("TopicA")).ShouldBe(2);
        await client.SendAsync(
            Bytes.Publish("TopicA", "qos 0", version: version), Bytes.Publish("TopicA", "qos 1", 1, 1, version: version),
            Bytes.Publish("TopicA", "qos 2", 2, 2, version: version));
        var publishes = await client.DrainPublishesAsync();
        publishes.Select(p => (p.Text, p.Qos)).ShouldBe([("qos 0", 0), ("qos 1", 1), ("qos 2", 2)]);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_second_connect_on_one_connection_ends_it(int version)
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = await RawClient.ConnectAsync(host, "a", version);
        await client.SendAsync(Bytes.Connect("a", version));
        if (version == 5)
            await client.ExpectDisconnectAsync(0x82);
        else
            (await client.TryReadAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task An_unknown_protocol_name_is_closed_without_an_answer()
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = RawClient.Open(host);
        await client.SendAsync(Bytes.Connect("a", 5, protocol: "hj"));
        (await client.TryReadAsync()).ShouldBeNull();
    }

    [Theory]
    [InlineData(3, "MQIsdp", 0x01)]
    [InlineData(3, "MQTT", 0x01)]
    [InlineData(6, "MQTT", 0x84)]
    public async Task An_unsupported_protocol_level_is_told_so(int level, string name, int reason)
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = RawClient.Open(host);
        await client.SendAsync(Bytes.Packet(0x10, Bytes.Text(name), [(byte)level, 2, 0, 0], Bytes.Text("a")));
        var connack = await client.ReadAsync();
        connack.Type.ShouldBe(2);
        connack.Body[1].ShouldBe((byte)reason);
        (await client.TryReadAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Without_clean_session_a_3_1_1_client_needs_an_identifier()
    {
        await using var host = await BrokerHost.StartAsync();
        await using var refused = RawClient.Open(host, 4);
        await refused.SendAsync(Bytes.Connect("", 4, clean: false));
        (await refused.ReadAsync()).Body.ShouldBe([0, 2]);
        await using var accepted = await RawClient.ConnectAsync(host, "", 4, clean: true);
        accepted.Connack.Body.ShouldBe([0, 0]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_mqtt_5_client_without_identifier_is_assigned_one(bool clean)
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = await RawClient.ConnectAsync(host, "", clean: clean);
        client.ConnackProperties.Text(18).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Connack_announces_the_servers_limits()
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = await RawClient.ConnectAsync(host, "a", keepAlive: 120);
        var properties = client.ConnackProperties;
        properties.Number(19).ShouldBe(60); // server keep alive
        properties.Number(33).ShouldBe(1024); // receive maximum
        properties.Number(34).ShouldBe(64); // topic alias maximum
        properties.Number(39).ShouldBe(272 * 1024); // maximum packet size
    }

    [Fact]
    public async Task A_shorter_keep_alive_is_left_to_the_client()
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = await RawClient.ConnectAsync(host, "a", keepAlive: 30);
        client.ConnackProperties.Has(19).ShouldBeFalse();
    }

    [Theory]
    [InlineData(4, 4)]
    [InlineData(5, 0x86)]
    public async Task A_wrong_password_is_refused(int version, int reason)
    {
        var access = new RefusingAccess();
        await using var host = await BrokerHost.StartAsync(access: access);
        await using var client = RawClient.Open(host, version);
        await client.SendAsync(Bytes.Connect("a", version, user: "me", password: "wrong"));
        (await client.ReadAsync()).Body[1].ShouldBe((byte)reason);
        access.LastAttempt!.UserName.ShouldBe("me");
        access.LastAttempt.RemoteEndPoint.ShouldNotBeNull();
        host.Broker.Counters.ConnectionsRefused.ShouldBe(1);
    }

    [Fact]
    public async Task Extended_authentication_is_refused()
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = RawClient.Open(host);
        await client.SendAsync(Bytes.Connect("a", properties: [Bytes.Str(21, "SCRAM")]));
        (await client.ReadAsync()).Body[1].ShouldBe((byte)0x8C);
    }

    [Fact]
    public async Task A_new_connection_takes_the_session_over()
    {
        await using var host = await BrokerHost.StartAsync();
        await using var first = await RawClient.ConnectAsync(host, "same", clean: false, properties: [Bytes.U32(17, 100)]);
        await using var second = await RawClient.ConnectAsync(host, "same", clean: false, properties: [Bytes.U32(17, 100)]);
        await first.ExpectDisconnectAsync(0x8E);
        second.SessionPresent.ShouldBeTrue();
    }

    [Fact]
    public async Task A_connection_that_never_sends_connect_is_closed()
    {
        var time = new ManualTime();
        await using var host = await BrokerHost.StartAsync(time: time);
        await using var client = RawClient.Open(host);
        await client.SendAsync([0x10]);
        await Eventually.ShouldAsync(() => host.Broker.Counters.Connections == 1, "connection seen");
        while (host.Broker.Counters.Connections == 1)
        {
            time.Advance(TimeSpan.FromSeconds(11));
            await Task.Yield();
        }

        (await client.TryReadAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Connections_above_the_limit_are_refused()
    {
        await using var host = await BrokerHost.StartAsync(new MqttOptions { ConnectionsMax = 1 });
        await using var first = await RawClient.ConnectAsync(host, "a");
        await using var second = RawClient.Open(host);
        await second.SendAsync(Bytes.Connect("b"));
        (await second.ReadAsync()).Body[1].ShouldBe((byte)0x89);
    }

    [Fact]
    public async Task Sessions_above_the_limit_are_refused()
    {
        await using var host = await BrokerHost.StartAsync(new MqttOptions { SessionsMax = 1 });
        await using var first = await RawClient.ConnectAsync(host, "a");
        await using var second = RawClient.Open(host);
        await second.SendAsync(Bytes.Connect("b"));
        (await second.ReadAsync()).Body[1].ShouldBe((byte)0x97);
    }

    [Fact]
    public async Task The_session_shows_who_connected()
    {
        Garam.Mqtt.Sessions.MqttSession? seen = null;
        await using var host = await BrokerHost.StartAsync(gate: new TestGate { OnReceive = (in a) => seen = a.Session });
        await using var client = await RawClient.ConnectAsync(host, "who");
        await client.PublishAsync("t", "x");
        seen!.ClientId.ShouldBe("who");
        seen.Principal.ShouldBe("principal of who");
        seen.Version.ShouldBe(ProtocolVersion.V5);
    }

    [Fact]
    public async Task A_server_that_goes_down_says_so()
    {
        var host = await BrokerHost.StartAsync();
        await using var client = await RawClient.ConnectAsync(host, "a");
        await host.DisposeAsync();
        await client.ExpectDisconnectAsync(0x8B);
    }
}
