using Garam.Mqtt.Broker;
using Garam.Mqtt.Tests.Wire;

namespace Garam.Mqtt.Tests.Broker;

public sealed class FlowControl_Tests
{
    [Fact]
    public async Task The_clients_receive_maximum_holds_messages_back_until_one_is_acknowledged()
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = await RawClient.ConnectAsync(host, "a", properties: [Bytes.U16(33, 2)]);
        await client.SubscribeAsync("t");
        await using var publisher = await RawClient.ConnectAsync(host, "p");
        for (var i = 1; i <= 3; i++)
            await publisher.PublishAsync("t", "message " + i);
        var found = await client.DrainPublishesAsync();
        found.Select(p => p.Text).ShouldBe(["message 1", "message 2"]);
        await client.SendAsync(Bytes.Puback(found[0].Id));
        (await client.ReadPublishAsync()).Text.ShouldBe("message 3");
    }

    [Fact]
    public async Task A_qos_2_message_fills_the_window_until_pubcomp()
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = await RawClient.ConnectAsync(host, "a", properties: [Bytes.U16(33, 1)]);
        await client.SubscribeAsync("t");
        await using var publisher = await RawClient.ConnectAsync(host, "p");
        await publisher.PublishAsync("t", "1", 2);
        await publisher.PublishAsync("t", "2", 2);
        var first = await client.ReadPublishAsync();
        await client.SendAsync(Bytes.Pubrec(first.Id));
        (await client.DrainAsync()).Single().Hex.ShouldBe($"62{first.Id:X4}");
        await client.SendAsync(Bytes.Pubcomp(first.Id));
        (await client.ReadPublishAsync()).Text.ShouldBe("2");
    }

    [Fact]
    public async Task Exceeding_the_servers_receive_maximum_with_qos_2_is_0x93()
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = await RawClient.ConnectAsync(host, "a");
        var maximum = (int)client.ConnackProperties.Number(33);
        for (var i = 1; i <= maximum + 1; i++)
            await client.SendAsync(Bytes.Publish("t", "message " + i, 2, i));
        await client.ExpectDisconnectAsync(0x93);
        host.Broker.Counters.ProtocolErrors[Garam.Mqtt.Packets.ReasonCode.ReceiveMaximumExceeded].ShouldBe(1);
    }

    [Fact]
    public async Task Exceeding_it_with_qos_1_that_is_not_yet_durable_is_0x93_too()
    {
        var gate = new TestGate();
        gate.Hold();
        await using var host = await BrokerHost.StartAsync(new MqttOptions { ReceiveMaximum = 3 }, gate: gate);
        await using var client = await RawClient.ConnectAsync(host, "a");
        for (var i = 1; i <= 4; i++)
            await client.SendAsync(Bytes.Publish("t", "x", 1, i));
        await client.ExpectDisconnectAsync(0x93);
    }

    [Fact]
    public async Task A_3_1_1_client_is_not_read_beyond_it()
    {
        var gate = new TestGate();
        gate.Hold();
        await using var host = await BrokerHost.StartAsync(new MqttOptions { ReceiveMaximum = 3 }, gate: gate);
        await using var client = await RawClient.ConnectAsync(host, "a", 4);
        for (var i = 1; i <= 3; i++)
            await client.SendAsync(Bytes.Publish("t", "x", 1, i, version: 4));
        await Eventually.ShouldAsync(() => gate.Received.Count == 3, "three received");
        await client.SendAsync(Bytes.Publish("t", "x", 1, 4, version: 4));
        await using var other = await RawClient.ConnectAsync(host, "b");
        gate.Received.Count.ShouldBe(3);
        gate.Release();
        for (var i = 1; i <= 4; i++)
            (await client.ReadAsync()).Id.ShouldBe((ushort)i);
    }

    [Fact]
    public async Task A_packet_above_the_maximum_size_is_0x95()
    {
        await using var host = await BrokerHost.StartAsync(new MqttOptions { PacketBytesMax = 1000 });
        await using var client = await RawClient.ConnectAsync(host, "a");
        await client.SendAsync(Bytes.Publish("t", new string('.', 1000)));
        await client.ExpectDisconnectAsync(0x95);
    }

    [Fact]
    public async Task A_quarter_mebibyte_payload_passes_under_the_default()
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = await RawClient.ConnectAsync(host, "a");
        await client.SubscribeAsync("t", 1);
        await client.SendAsync(Bytes.Publish("t", new string('.', 256 * 1024), 1, 1));
        (await client.DrainPublishesAsync()).Single().Text.Length.ShouldBe(256 * 1024);
    }

    [Fact]
    public async Task Messages_above_the_clients_maximum_packet_size_are_not_sent()
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = await RawClient.ConnectAsync(host, "a", properties: [Bytes.U32(39, 64)]);
        await client.SubscribeAsync("TopicA");
        await client.SendAsync(Bytes.Publish("TopicA", new string('.', 32)));
        await client.SendAsync(Bytes.Publish("TopicA", new string('.', 64), 1, 1));
        (await client.DrainPublishesAsync()).Single().Text.Length.ShouldBe(32);
        host.Broker.Counters.DroppedTooLarge.ShouldBe(1);
    }
}
