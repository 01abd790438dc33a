using Garam.Mqtt.Broker;
using Garam.Mqtt.Packets;
using Garam.Mqtt.Tests.Wire;

namespace Garam.Mqtt.Tests.Broker;

public sealed class Publish_Tests
{
    [Fact]
    public async Task Nothing_is_acknowledged_before_the_gate_has_made_it_durable_and_pings_are_answered_meanwhile()
    {
        var gate = new TestGate();
        gate.Hold();
        await using var host = await BrokerHost.StartAsync(gate: gate);
        await using var client = await RawClient.ConnectAsync(host, "a");
        await client.SendAsync(Bytes.Publish("t", "1", 1, 1));
        (await client.DrainAsync()).ShouldBeEmpty();
        await client.SendAsync(Bytes.Publish("t", "2", 2, 2), Bytes.Publish("t", "3", 1, 3));
        (await client.DrainAsync()).ShouldBeEmpty();
        gate.Received.Count.ShouldBe(3);
        gate.Release(1);
        (await client.ReadAsync()).Hex.ShouldBe("400001");
        (await client.DrainAsync()).ShouldBeEmpty();
        gate.Release();
        (await client.ReadAsync()).Hex.ShouldBe("500002");
        (await client.ReadAsync()).Hex.ShouldBe("400003");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_gate_that_fails_acknowledges_nothing_and_takes_the_message_again(int version)
    {
        var gate = new TestGate();
        gate.Hold();
        await using var host = await BrokerHost.StartAsync(gate: gate);
        await using var client = await RawClient.ConnectAsync(host, "a", version, clean: false, properties: [Bytes.U32(17, 100)]);
        await client.SendAsync(Bytes.Publish("t", "x", 2, 7, version: version));
        await Eventually.ShouldAsync(() => gate.Received.Count == 1, "received");
        gate.Fail();
        if (version == 5)
            await client.ExpectDisconnectAsync(0x83);
        else
            (await client.TryReadAsync()).ShouldBeNull();
        host.Broker.Counters.GateFailures.ShouldBe(1);
        gate.Answer = _ => PublishReceipt.Accepted;
        await using var back = await RawClient.ConnectAsync(host, "a", version, clean: false, properties: [Bytes.U32(17, 100)]);
        await back.SendAsync(Bytes.Publish("t", "x", 2, 7, duplicate: true, version: version));
        (await back.ReadAsync()).Hex.ShouldBe("500007");
        gate.Received.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_message_that_becomes_durable_after_its_client_left_harms_nobody_and_is_acknowledged_on_return()
    {
        var gate = new TestGate();
        gate.Hold();
        await using var host = await BrokerHost.StartAsync(gate: gate);
        var client = await RawClient.ConnectAsync(host, "a", clean: false, properties: [Bytes.U32(17, 100)]);
        await client.SendAsync(Bytes.Publish("t", "x", 2, 7), Bytes.Publish("t", "y", 1, 8));
        await Eventually.ShouldAsync(() => gate.Received.Count == 2, "received");
        client.Kill();
        await Eventually.ShouldAsync(() => host.Broker.ConnectedClients == 0, "let go");
        await using var back = await RawClient.ConnectAsync(host, "a", clean: false, properties: [Bytes.U32(17, 100)]);
        await back.SendAsync(Bytes.Publish("t", "x", 2, 7, duplicate: true));
        (await back.DrainAsync()).ShouldBeEmpty();
        gate.Release();
        (await back.ReadAsync()).Hex.ShouldBe("500007");
        gate.Received.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_gate_that_answers_after_every_connection_has_gone_finds_nobody()
    {
        var gate = new DeafGate();
        await using var host = await BrokerHost.StartAsync(gate: gate);
        for (var i = 0; i < 10; i++)
        {
            await using var client = await RawClient.ConnectAsync(host, "a" + i);
            await client.SendAsync(Bytes.Publish("t", "x", 1, 1));
            await Eventually.ShouldAsync(() => gate.Count == i + 1, "received");
            await client.DisconnectAsync();
        }

        gate.Durable.SetResult();
        await using var last = await RawClient.ConnectAsync(host, "last");
        await last.PublishAsync("t", "x");
    }

    [Fact]
    public async Task A_congested_gate_stops_the_reading()
    {
        var gate = new TestGate();
        await using var host = await BrokerHost.StartAsync(gate: gate);
        await using var client = await RawClient.ConnectAsync(host, "a");
        gate.Congest();
        await client.PublishAsync("t", "what was read with the first batch");
        await client.SendAsync(Bytes.Publish("t", "held", 1, 2));
        await using var other = await RawClient.ConnectAsync(host, "b");
        gate.Received.ShouldNotContain("t=held");
        gate.Relieve();
        (await client.ReadAsync()).Hex.ShouldBe("400002");
    }

    [Fact]
    public async Task A_packet_the_gate_does_not_take_yet_is_offered_again_in_its_place()
    {
        var offers = 0;
        var gate = new TestGate { Answer = topic => topic == "slow" && ++offers <= 3 ? PublishReceipt.Later : null };
        await using var host = await BrokerHost.StartAsync(gate: gate);
        await using var client = await RawClient.ConnectAsync(host, "a");
        await client.SubscribeAsync("#", 0);
        await client.SendAsync([.. Bytes.Publish("fast", "1", 1, 1), .. Bytes.Publish("slow", "2", 2, 2), .. Bytes.Publish("fast", "3", 1, 3)]);
        var packets = await client.DrainAsync();
        packets.Where(p => p.Type != 3).Select(p => p.Hex).ShouldBe(["400001", "500002", "400003"]);
        packets.Where(p => p.Type == 3).Select(p => RawPublish.Parse(p, true).Text).ShouldBe(["1", "2", "3"]);
        offers.ShouldBe(4);
        host.Broker.Counters.MessagesReceived.ShouldBe(3);
    }

    [Fact]
    public async Task A_client_that_is_held_back_does_not_lose_its_keep_alive()
    {
        var time = new ManualTime();
        var gate = new TestGate();
        await using var host = await BrokerHost.StartAsync(gate: gate, time: time);
        await using var client = await RawClient.ConnectAsync(host, "a", keepAlive: 5);
        gate.Congest();
        await client.PublishAsync("t", "x");
        await Eventually.ShouldAsync(() => gate.HoldsBack, "held back");
        time.Advance(TimeSpan.FromMinutes(5));
        gate.Relieve();
        await client.PublishAsync("t", "y");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_qos_2_message_enters_the_gate_once_however_often_it_is_sent(int version)
    {
        var gate = new TestGate();
        await using var host = await BrokerHost.StartAsync(gate: gate);
        await using (var client = await RawClient.ConnectAsync(host, "a", version, clean: false, properties: [Bytes.U32(17, 100)]))
        {
            await client.SendAsync(Bytes.Publish("t", "x", 2, 7, version: version), Bytes.Publish("t", "x", 2, 7, duplicate: true, version: version));
            (await client.ReadAsync()).Hex.ShouldBe("500007");
            (await client.ReadAsync()).Hex.ShouldBe("500007");
            client.Kill();
        }

        await using var back = await RawClient.ConnectAsync(host, "a", version, clean: false, properties: [Bytes.U32(17, 100)]);
        await back.SendAsync(Bytes.Publish("t", "x", 2, 7, duplicate: true, version: version));
        (await back.ReadAsync()).Hex.ShouldBe("500007");
        await back.SendAsync(Bytes.Pubrel(7));
        (await back.ReadAsync()).Hex.ShouldBe("700007");
        gate.Received.Count.ShouldBe(1);
        await back.SendAsync(Bytes.Publish("t", "x", 2, 7, version: version));
        (await back.ReadAsync()).Hex.ShouldBe("500007");
        gate.Received.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Pubrel_of_an_unknown_identifier_is_told_so()
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = await RawClient.ConnectAsync(host, "a");
        await client.SendAsync(Bytes.Pubrel(9));
        (await client.ReadAsync()).Hex.ShouldBe("70000992");
    }

    [Theory]
    [InlineData(4, "400001", "500002")]
    [InlineData(5, "40000187", "50000287")]
    public async Task A_forbidden_topic_gets_the_answer_of_its_version_and_reaches_nobody(int version, string puback, string pubrec)
    {
        var gate = new TestGate();
        await using var host = await BrokerHost.StartAsync(gate: gate);
        await using var client = await RawClient.ConnectAsync(host, "a", version);
        await client.SubscribeAsync("#");
        await client.SendAsync(
            Bytes.Publish("nopublish", "x", 1, 1, version: version), Bytes.Publish("nopublish", "x", 2, 2, version: version),
            Bytes.Publish("nopublish", "x", version: version));
        (await client.ReadAsync()).Hex.ShouldBe(puback);
        (await client.ReadAsync()).Hex.ShouldBe(pubrec);
        (await client.DrainAsync()).ShouldBeEmpty();
        gate.Received.ShouldBeEmpty();
        host.Broker.Counters.PublishesRefused.ShouldBe(3);
    }

    [Fact]
    public async Task Sys_topics_belong_to_the_server()
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = await RawClient.ConnectAsync(host, "a");
        await client.SendAsync(Bytes.Publish("$SYS/broker/version", "mine", 1, 1, true));
        (await client.ReadAsync()).Hex.ShouldBe("40000187");
    }

    [Fact]
    public async Task The_gates_refusal_is_passed_on()
    {
        var gate = new TestGate { Answer = _ => PublishReceipt.Refused(ReasonCode.QuotaExceeded) };
        await using var host = await BrokerHost.StartAsync(gate: gate);
        await using var client = await RawClient.ConnectAsync(host, "a");
        await client.SubscribeAsync("t");
        await client.SendAsync(Bytes.Publish("t", "x", 1, 1));
        (await client.ReadAsync()).Hex.ShouldBe("40000197");
        (await client.DrainAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_gate_sees_the_same_topic_object_for_every_message_and_may_tag_it()
    {
        var tagged = 0;
        var gate = new TestGate { OnReceive = (in a) => { if (a.Topic.Tag is null) { tagged++; a.Topic.Tag = "route"; } } };
        await using var host = await BrokerHost.StartAsync(gate: gate);
        await using var client = await RawClient.ConnectAsync(host, "a");
        for (var i = 0; i < 10; i++)
            await client.PublishAsync("devices/a/telemetry", "x");
        tagged.ShouldBe(1);
    }

    [Fact]
    public async Task Rights_that_changed_are_asked_again()
    {
        var access = new SwitchableAccess();
        await using var host = await BrokerHost.StartAsync(access: access);
        await using var client = await RawClient.ConnectAsync(host, "a");
        await client.PublishAsync("t", "x");
        access.Allows = false;
        host.Broker.ForgetPermissions();
        await client.SendAsync(Bytes.Publish("t", "x", 1, 1));
        (await client.ReadAsync()).Hex.ShouldBe("40000187");
    }

    [Fact]
    public async Task Publications_from_inside_reach_subscribers_and_callbacks()
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = await RawClient.ConnectAsync(host, "a");
        await client.SubscribeAsync("in/#", 1);
        var seen = new List<string>();
        using (host.Broker.Subscribe("in/+", (in message) => seen.Add(message.Topic + "=" + System.Text.Encoding.UTF8.GetString(message.Payload))))
        {
            host.Broker.Publish("in/a", "1"u8, QualityOfService.AtLeastOnce, retain: true);
            await client.SendAsync(Bytes.Publish("in/b", "2", 1, 1));
            (await client.DrainPublishesAsync()).Select(p => p.Text).ShouldBe(["1", "2"]);
        }

        host.Broker.Publish("in/c", "3"u8, QualityOfService.AtMostOnce, retain: false);
        seen.ShouldBe(["in/a=1", "in/b=2"]);
        using (host.Broker.Subscribe("in/a", (in message) => seen.Add("retained " + message.Retain)))
            seen[^1].ShouldBe("retained True");
        Should.Throw<ArgumentException>(() => host.Broker.Publish("a/+", "x"u8, QualityOfService.AtMostOnce, false));
    }

    /// <summary>Does not listen to cancellation.</summary>
    private sealed class DeafGate : IPublishGate
    {
        private long count;

        public TaskCompletionSource Durable { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public long Count => Volatile.Read(ref count);

        public bool IsCongested => false;

        public PublishReceipt Receive(in PublishArrival arrival) => PublishReceipt.At(Interlocked.Increment(ref count));

        public ValueTask WaitDurableAsync(long ticket, CancellationToken cancellation) => new(Durable.Task);

        public ValueTask WaitForRoomAsync(CancellationToken cancellation) => default;
    }

    private sealed class SwitchableAccess : IMqttAccess
    {
        public bool Allows { get; set; } = true;

        public ValueTask<ConnectVerdict> AuthenticateAsync(ConnectAttempt attempt, CancellationToken cancellation) => new(ConnectVerdict.Accept());

        public bool MayPublish(Garam.Mqtt.Sessions.MqttSession session, string topic) => Allows;

        public bool MaySubscribe(Garam.Mqtt.Sessions.MqttSession session, string filter) => true;
    }
}
