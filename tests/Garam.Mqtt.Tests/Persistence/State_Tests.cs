using Garam.Mqtt.Broker;
using Garam.Mqtt.Packets;
using Garam.Mqtt.Tests.Wire;

namespace Garam.Mqtt.Tests.Persistence;

public sealed class State_Tests : IDisposable
{
    private static readonly byte[][] Kept = [Bytes.U32(17, 1000)];

    private readonly StateFolder folder = new();

    public void Dispose() => folder.Dispose();

    private MqttOptions Options => new() { StateFolder = folder.Path };

    [Fact]
    public async Task Retained_messages_survive_a_restart_and_cleared_ones_stay_cleared()
    {
        await using (var host = await BrokerHost.StartAsync(Options))
        await using (var client = await RawClient.ConnectAsync(host, "a"))
        {
            await client.PublishAsync("keep", "kept", 1, true, Bytes.Pair("a", "1"));
            await client.PublishAsync("clear", "x", 1, true);
            host.Broker.FlushState();
            await client.PublishAsync("clear", "", 1, true);
        }

        await using var again = await BrokerHost.StartAsync(Options);
        await using var reader = await RawClient.ConnectAsync(again, "b");
        await reader.SubscribeAsync("#");
        var found = (await reader.DrainPublishesAsync()).Single();
        (found.Topic, found.Text, found.Retain, found.Qos).ShouldBe(("keep", "kept", true, 1));
        found.Properties.Texts(38).ShouldBe(["a=1"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_session_survives_a_kill_with_subscriptions_queue_and_what_is_under_way(bool isRewritten)
    {
        var host = await BrokerHost.StartAsync(Options);
        var client = await RawClient.ConnectAsync(host, "a", properties: [.. Kept, Bytes.U16(33, 2)]);
        await client.SubscribeAsync("t/#", 2, 77);
        var publisher = await RawClient.ConnectAsync(host, "p");
        for (var i = 0; i < 4; i++)
            await publisher.PublishAsync("t/" + i, "m" + i, 2);
        var sent = await client.DrainPublishesAsync();
        sent.Count.ShouldBe(2);
        await client.SendAsync(Bytes.Pubrec(sent[0].Id), Bytes.Publish("t/x", "in", 2, 9));
        await client.DrainAsync();
        host.Broker.FlushState();
        if (isRewritten)
            host.Broker.RewriteState();

        // As after a kill: the file as it is now, and nothing of what the old process does later.
        using var crashed = new StateFolder();
        File.Copy(folder.Journal, crashed.Journal);
        await client.DisposeAsync();
        await publisher.DisposeAsync();
        await host.DisposeAsync();

        await using var again = await BrokerHost.StartAsync(Options with { StateFolder = crashed.Path });
        await using var back = await RawClient.ConnectAsync(again, "a", clean: false, properties: Kept);
        back.SessionPresent.ShouldBeTrue();
        var packets = await back.DrainAsync();
        packets[0].Hex.ShouldBe($"62{sent[0].Id:X4}");
        var publishes = packets.Skip(1).Select(p => RawPublish.Parse(p, true)).ToList();
        publishes.Select(p => p.Text).ShouldBe(["m1", "m2", "m3", "in"]);
        (publishes[0].Id, publishes[0].Duplicate).ShouldBe((sent[1].Id, true));
        publishes.ShouldAllBe(p => p.Properties.Number(11) == 77);
        await back.SendAsync(Bytes.Pubcomp(sent[0].Id));

        // The QoS 2 message received before the crash is known: it is acknowledged and not delivered again.
        await back.SendAsync(Bytes.Publish("t/x", "in", 2, 9, duplicate: true));
        (await back.DrainAsync()).Select(p => p.Hex).ShouldBe(["500009"]);
    }

    [Fact]
    public async Task Acknowledged_messages_and_ended_sessions_do_not_come_back()
    {
        await using (var host = await BrokerHost.StartAsync(Options))
        {
            await using var client = await RawClient.ConnectAsync(host, "a", properties: Kept);
            await client.SubscribeAsync("t", 1);
            await using var gone = await RawClient.ConnectAsync(host, "gone", properties: Kept);
            await client.SendAsync(Bytes.Publish("t", "x", 1, 1));
            var publish = (await client.DrainPublishesAsync()).Single();
            host.Broker.FlushState();
            await client.SendAsync(Bytes.Puback(publish.Id));
            await client.DrainAsync();
            await gone.DisconnectAsync(0, Bytes.U32(17, 0));
            await client.DisconnectAsync();
        }

        await using var again = await BrokerHost.StartAsync(Options);
        again.Broker.SessionCount.ShouldBe(1);
        await using var back = await RawClient.ConnectAsync(again, "a", clean: false, properties: Kept);
        back.SessionPresent.ShouldBeTrue();
        (await back.DrainAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_session_expires_while_the_broker_is_down()
    {
        var time = new ManualTime();
        await using (var host = await BrokerHost.StartAsync(Options, time: time))
        await using (var client = await RawClient.ConnectAsync(host, "a", properties: Kept))
            await client.DisconnectAsync();
        time.Advance(TimeSpan.FromSeconds(1001));
        await using var again = await BrokerHost.StartAsync(Options, time: time);
        time.Advance(TimeSpan.FromMilliseconds(1));
        again.Broker.SessionCount.ShouldBe(0);
    }

    [Fact]
    public async Task A_tail_torn_at_any_byte_is_cut_and_the_rest_is_there()
    {
        await using (var host = await BrokerHost.StartAsync(Options))
        await using (var client = await RawClient.ConnectAsync(host, "a"))
        {
            await client.PublishAsync("first", "1", 1, true);
            host.Broker.FlushState();
            await client.PublishAsync("second", "2", 1, true);
        }

        var whole = await File.ReadAllBytesAsync(folder.Journal);
        var firstEnd = 8 + 8 + (whole[8] << 24 | whole[9] << 16 | whole[10] << 8 | whole[11]);
        for (var length = firstEnd; length < whole.Length; length++)
        {
            await File.WriteAllBytesAsync(folder.Journal, whole[..length]);
            await using var broker = new MqttBroker(
                Options with { SysInterval = TimeSpan.Zero }, OpenAccess.Instance, OpenGate.Instance, TimeProvider.System,
                Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
            broker.Start();
            broker.RetainedCount.ShouldBe(1);
        }
    }

    [Fact]
    public void A_file_of_a_newer_version_is_refused_with_what_to_do()
    {
        File.WriteAllBytes(folder.Journal, [.. "GMQS"u8, 0, 0, 0, 2]);
        var broker = new MqttBroker(
            Options, OpenAccess.Instance, OpenGate.Instance, TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        Should.Throw<InvalidDataException>(broker.Start).Message.ShouldContain("version 2");
    }

    [Fact]
    public async Task The_file_does_not_grow_with_what_is_overwritten()
    {
        await using var host = await BrokerHost.StartAsync(Options);
        var payload = new byte[200_000];
        for (var i = 0; i < 60; i++)
        {
            host.Broker.Publish("same", payload, QualityOfService.AtMostOnce, retain: true);
            host.Broker.FlushState();
        }

        new FileInfo(folder.Journal).Length.ShouldBeLessThan(5_000_000);
    }
}
