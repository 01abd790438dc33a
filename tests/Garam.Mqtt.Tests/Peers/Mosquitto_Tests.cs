using System.Net.Sockets;
using System.Text;
using Garam.Mqtt.Client;
using Garam.Mqtt.Packets;
using Garam.Mqtt.Tests.Wire;

namespace Garam.Mqtt.Tests.Peers;

/// <summary>Mosquitto's clients against our broker, our client against Mosquitto's broker.</summary>
public sealed class Mosquitto_Tests
{
    [Theory]
    [InlineData("mqttv311")]
    [InlineData("mqttv5")]
    public async Task Its_clients_publish_and_subscribe_at_every_qos(string version)
    {
        var subscribe = PeerProgram.Require("/usr/bin/mosquitto_sub");
        var publish = PeerProgram.Require("/usr/bin/mosquitto_pub");
        await using var host = await BrokerHost.StartAsync();
        var port = host.Port.ToString();
        using var subscriber = PeerProgram.Start(subscribe, "-p", port, "-V", version, "-t", "peer/#", "-q", "2", "-C", "3", "-W", "15", "-F", "%t %q %p");
        await Eventually.ShouldAsync(() => host.Broker.SubscriptionCount == 1, "subscribed");
        for (var qos = 0; qos < 3; qos++)
            await PeerProgram.RunAsync(publish, "-p", port, "-V", version, "-t", "peer/" + qos, "-q", qos.ToString(), "-m", "hello");
        (await subscriber.OutputAsync()).Trim().Split('\n').ShouldBe(["peer/0 0 hello", "peer/1 1 hello", "peer/2 2 hello"]);
    }

    [Fact]
    public async Task Its_clients_keep_a_session_and_read_retained_messages_and_properties()
    {
        var subscribe = PeerProgram.Require("/usr/bin/mosquitto_sub");
        var publish = PeerProgram.Require("/usr/bin/mosquitto_pub");
        await using var host = await BrokerHost.StartAsync();
        var port = host.Port.ToString();
        string[] session = ["-p", port, "-i", "keeper", "-c", "-V", "mqttv311", "-t", "s/#", "-q", "1"];
        await PeerProgram.RunAsync(subscribe, [.. session, "-E"]);
        for (var i = 0; i < 3; i++)
            await PeerProgram.RunAsync(publish, "-p", port, "-t", "s/" + i, "-q", "1", "-m", "m" + i);
        (await PeerProgram.RunAsync(subscribe, [.. session, "-C", "3", "-W", "15"])).Trim().Split('\n').ShouldBe(["m0", "m1", "m2"]);

        await PeerProgram.RunAsync(publish, "-p", port, "-V", "mqttv5", "-t", "r", "-r", "-m", "kept", "-D", "publish", "content-type", "text/x");
        (await PeerProgram.RunAsync(subscribe, "-p", port, "-V", "mqttv5", "-t", "r", "-C", "1", "-W", "15", "-F", "%p %C %r")).Trim()
            .ShouldBe("kept text/x 1");
    }

    [Theory]
    [InlineData(ProtocolVersion.V311)]
    [InlineData(ProtocolVersion.V5)]
    public async Task Our_client_talks_to_its_broker_and_survives_its_restart(ProtocolVersion version)
    {
        var program = PeerProgram.Require("/usr/sbin/mosquitto");
        var port = PeerProgram.FreePort();
        var broker = PeerProgram.Start(program, "-p", port.ToString());
        try
        {
            await Eventually.ShouldAsync(() => IsOpen(port), "mosquitto listens");
            await using var client = new MqttClient(new MqttClientOptions
            {
                Port = port, Version = version, ClientId = "ours", ReconnectDelay = TimeSpan.FromMilliseconds(20), Seed = 3,
            });
            await client.ConnectAsync();
            var seen = new List<string>();
            await client.SubscribeAsync("p/#", new SubscribeOptions(QualityOfService.ExactlyOnce), message =>
            {
                lock (seen)
                    seen.Add(Encoding.UTF8.GetString(message.Payload.Span) + (int)message.Qos);
                return default;
            });
            for (var qos = 0; qos < 3; qos++)
                await client.PublishAsync("p/x", "m"u8.ToArray(), (QualityOfService)qos);
            await Eventually.ShouldAsync(() => seen.Count == 3, "three messages");
            seen.ShouldBe(["m0", "m1", "m2"]);

            broker.Dispose();
            await Eventually.ShouldAsync(() => !client.IsConnected, "the loss is seen");
            var waiting = client.PublishAsync("p/x", "after"u8.ToArray()).AsTask();
            broker = PeerProgram.Start(program, "-p", port.ToString());
            await waiting.WaitAsync(TimeSpan.FromSeconds(15));
            await Eventually.ShouldAsync(() => seen.Count == 4, "the subscription is back");
        }
        finally
        {
            broker.Dispose();
        }
    }

    private static bool IsOpen(int port)
    {
        try
        {
            using var probe = new TcpClient("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
