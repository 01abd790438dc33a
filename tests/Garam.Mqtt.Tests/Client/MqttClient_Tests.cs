using System.Text;
using Garam.Mqtt.Broker;
using Garam.Mqtt.Client;
using Garam.Mqtt.Packets;
using Garam.Mqtt.Tests.Wire;

namespace Garam.Mqtt.Tests.Client;

public sealed class MqttClient_Tests
{
    private static MqttClientOptions Options(BrokerHost host, ProtocolVersion version = ProtocolVersion.V5) => new()
    {
        Port = host.Port, Version = version, ClientId = "client", ReconnectDelay = TimeSpan.FromMilliseconds(10), Seed = 1,
    };

    [Theory]
    [InlineData(ProtocolVersion.V311)]
    [InlineData(ProtocolVersion.V5)]
    public async Task Messages_of_every_qos_go_out_and_come_back_in_order(ProtocolVersion version)
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = new MqttClient(Options(host, version));
        await client.ConnectAsync();
        var seen = new List<string>();
        await client.SubscribeAsync("t/#", new SubscribeOptions(QualityOfService.ExactlyOnce), message =>
        {
            lock (seen)
                seen.Add($"{message.Topic} {Encoding.UTF8.GetString(message.Payload.Span)} {(int)message.Qos}");
            return default;
        });
        await client.PublishAsync("t/a", "0"u8.ToArray(), QualityOfService.AtMostOnce);
        await client.PublishAsync("t/a", "1"u8.ToArray(), QualityOfService.AtLeastOnce);
        await client.PublishAsync("t/a", "2"u8.ToArray(), QualityOfService.ExactlyOnce);
        await Eventually.ShouldAsync(() => seen.Count == 3, "three messages");
        seen.ShouldBe(["t/a 0 0", "t/a 1 1", "t/a 2 2"]);
        client.Inflight.ShouldBe(0);
        await client.UnsubscribeAsync("t/#");
        await client.PublishAsync("t/a", "3"u8.ToArray());
        seen.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Properties_go_out_and_come_back()
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = new MqttClient(Options(host));
        await client.ConnectAsync();
        var seen = new TaskCompletionSource<string>();
        await client.SubscribeAsync("t", new SubscribeOptions(Identifier: 9), message =>
        {
            message.Properties.TryGetUserProperty("k"u8, out var value);
            seen.SetResult($"{Encoding.UTF8.GetString(message.Properties.ContentType)} {Encoding.UTF8.GetString(value)} "
                + $"{message.Properties.MessageExpirySeconds} {message.Properties.SubscriptionIdentifiers[0]}");
            return default;
        });
        await client.PublishAsync("t", default, properties: new MessageProperties
        {
            ContentType = "text/plain", MessageExpirySeconds = 60, UserProperties = [new("k", "v")],
        });
        (await seen.Task.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBe("text/plain v 60 9");
    }

    [Theory]
    [InlineData(ProtocolVersion.V311)]
    [InlineData(ProtocolVersion.V5)]
    public async Task A_broken_line_loses_nothing_published_at_qos_1_or_2(ProtocolVersion version)
    {
        var gate = new TestGate();
        await using var host = await BrokerHost.StartAsync(gate: gate);
        await using var client = new MqttClient(Options(host, version) with { InflightWindow = 16 });
        await client.ConnectAsync();
        var publishing = Enumerable.Range(0, 300).Select(async i =>
        {
            await Task.Yield();
            await client.PublishAsync("t", Encoding.ASCII.GetBytes(i.ToString()), i % 2 == 0 ? QualityOfService.ExactlyOnce : QualityOfService.AtLeastOnce);
        }).ToList();
        for (var i = 0; i < 3; i++)
        {
            var before = client.Reconnects;
            await client.BreakAsync();
            await Eventually.ShouldAsync(() => client.Reconnects > before, "reconnected");
        }

        await Task.WhenAll(publishing).WaitAsync(TimeSpan.FromSeconds(20));
        var received = gate.Received.ToList();
        for (var i = 0; i < 300; i++)
        {
            var count = received.Count(r => r == $"t={i}");
            count.ShouldBeGreaterThanOrEqualTo(1, $"message {i}");
            if (i % 2 == 0)
                count.ShouldBe(1, $"QoS 2 message {i}");
        }
    }

    [Fact]
    public async Task Subscriptions_are_made_again_when_the_server_has_forgotten_them()
    {
        var host = await BrokerHost.StartAsync();
        await using var client = new MqttClient(Options(host) with { SessionExpiry = TimeSpan.Zero });
        await client.ConnectAsync();
        var seen = 0;
        await client.SubscribeAsync("t", new SubscribeOptions(), _ =>
        {
            Interlocked.Increment(ref seen);
            return default;
        });
        await client.BreakAsync();
        await Eventually.ShouldAsync(() => client.Reconnects == 1 && host.Broker.SubscriptionCount == 1, "subscribed again");
        await client.PublishAsync("t", default);
        await Eventually.ShouldAsync(() => seen == 1, "the message");
        await client.DisposeAsync();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task A_handler_that_fails_leaves_the_message_unacknowledged_and_gets_it_again()
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = new MqttClient(Options(host));
        await client.ConnectAsync();
        var calls = 0;
        await client.SubscribeAsync("t", new SubscribeOptions(), _ =>
            Interlocked.Increment(ref calls) == 1 ? throw new IOException("The disk is full.") : default);
        host.Broker.Publish("t", "x"u8, QualityOfService.AtLeastOnce, retain: false);
        await Eventually.ShouldAsync(() => calls == 2, "the message again");
        client.Reconnects.ShouldBe(1);
    }

    [Fact]
    public async Task The_window_bounds_what_is_under_way()
    {
        var gate = new TestGate();
        gate.Hold();
        await using var host = await BrokerHost.StartAsync(gate: gate);
        await using var client = new MqttClient(Options(host) with { InflightWindow = 4 });
        await client.ConnectAsync();
        var publishing = Enumerable.Range(0, 10).Select(_ => client.PublishAsync("t", default).AsTask()).ToList();
        await Eventually.ShouldAsync(() => gate.Received.Count == 4, "four received");
        client.Inflight.ShouldBe(4);
        gate.Release();
        await Task.WhenAll(publishing).WaitAsync(TimeSpan.FromSeconds(30));
        gate.Received.Count.ShouldBe(10);
    }

    [Fact]
    public async Task A_server_that_refuses_is_told_by_its_reason()
    {
        await using var host = await BrokerHost.StartAsync();
        await using var refused = new MqttClient(Options(host) with { UserName = "me", Password = "wrong"u8.ToArray() });
        (await Should.ThrowAsync<MqttClientException>(() => refused.ConnectAsync())).Reason.ShouldBe(ReasonCode.BadUserNameOrPassword);
        await using var client = new MqttClient(Options(host));
        await client.ConnectAsync();
        (await Should.ThrowAsync<MqttClientException>(client.PublishAsync("nopublish", default).AsTask())).Reason.ShouldBe(ReasonCode.NotAuthorized);
        (await Should.ThrowAsync<MqttClientException>(
            () => client.SubscribeAsync("nosubscribe", new SubscribeOptions(), _ => default))).Reason.ShouldBe(ReasonCode.UnspecifiedError);
    }

    [Fact]
    public async Task Without_a_server_the_first_connect_says_where_it_tried()
    {
        await using var client = new MqttClient(new MqttClientOptions { Port = 1 });
        (await Should.ThrowAsync<IOException>(() => client.ConnectAsync())).Message.ShouldContain("127.0.0.1:1");
    }

    [Fact]
    public async Task Disposing_says_goodbye_and_aborting_does_not()
    {
        await using var host = await BrokerHost.StartAsync();
        await using var watcher = await RawClient.ConnectAsync(host, "watcher");
        await watcher.SubscribeAsync("will");
        var polite = new MqttClient(Options(host) with { Will = new ClientWill("will", "x"u8.ToArray()), SessionExpiry = TimeSpan.Zero });
        await polite.ConnectAsync();
        await polite.DisposeAsync();
        await Eventually.ShouldAsync(() => host.Broker.ConnectedClients == 1, "gone");
        (await watcher.DrainPublishesAsync()).ShouldBeEmpty();
        var rude = new MqttClient(Options(host) with { Will = new ClientWill("will", "x"u8.ToArray()), SessionExpiry = TimeSpan.Zero });
        await rude.ConnectAsync();
        await rude.AbortAsync();
        (await watcher.ReadPublishAsync()).Text.ShouldBe("x");
    }

    [Fact]
    public async Task What_is_under_way_fails_when_the_client_is_closed()
    {
        var gate = new TestGate();
        gate.Hold();
        await using var host = await BrokerHost.StartAsync(gate: gate);
        var client = new MqttClient(Options(host) with { InflightWindow = 1 });
        await client.ConnectAsync();
        var under = client.PublishAsync("t", default).AsTask();
        var waiting = client.PublishAsync("t", default).AsTask();
        await client.DisposeAsync();
        await Should.ThrowAsync<MqttClientException>(under);
        await Should.ThrowAsync<MqttClientException>(waiting);
    }

    [Fact]
    public async Task A_quiet_client_pings_and_stays()
    {
        var time = new ManualTime();
        await using var host = await BrokerHost.StartAsync(time: time);
        await using var client = new MqttClient(Options(host) with { KeepAlive = TimeSpan.FromSeconds(4) }, time);
        await client.ConnectAsync();
        for (var i = 0; i < 10; i++)
        {
            var before = host.Broker.Counters.BytesReceived;
            time.Advance(TimeSpan.FromSeconds(2));
            await Eventually.ShouldAsync(() => host.Broker.Counters.BytesReceived > before, "a ping");
        }

        client.Reconnects.ShouldBe(0);
    }
}
