using Garam.Mqtt.Tests.Wire;

namespace Garam.Mqtt.Tests.Peers;

/// <summary>Eclipse Paho for Python against our broker: 2,000 messages of every QoS in both versions, none missing, none twice.</summary>
public sealed class Paho_Tests
{
    private const string Script = """
        import sys, threading
        import paho.mqtt.client as mqtt
        port, version, count = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
        done, ready = threading.Event(), threading.Event()
        received = {0: [], 1: [], 2: []}
        def on_message(client, userdata, message):
            received[message.qos].append(int(message.payload))
            if sum(map(len, received.values())) >= 3 * count:
                done.set()
        client = mqtt.Client("paho", protocol=version)
        client.max_inflight_messages_set(100)
        client.max_queued_messages_set(0)
        client.on_message = on_message
        client.on_subscribe = lambda *a: ready.set()
        client.connect("127.0.0.1", port)
        client.loop_start()
        client.subscribe("load/#", 2)
        ready.wait(10)
        for i in range(count):
            for qos in range(3):
                client.publish("load/%d" % qos, str(i), qos)
        done.wait(15)
        client.disconnect()
        client.loop_stop()
        for q in range(3):
            # Paho itself sends a new message before its queued ones when a slot comes free, so only QoS 0 keeps the order.
            r = received[q] if q == 0 else sorted(received[q])
            late = next((i for i in range(len(r)) if r[i] != i), None)
            print("complete" if r == list(range(count)) else "QoS %d: %d messages, %d different, first out of place at %s: %s" % (
                q, len(r), len(set(r)), late, r[max(0, (late or 0) - 3):(late or 0) + 6]))
        """;

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_loaded_client_gets_everything_once(int version)
    {
        var python = PeerProgram.Require("/usr/bin/python3");
        if (!Directory.Exists("/usr/lib/python3/dist-packages/paho"))
            Assert.Skip("python3-paho-mqtt is not installed: apt-get install python3-paho-mqtt");
        await using var host = await BrokerHost.StartAsync();
        (await PeerProgram.RunAsync(python, "-c", Script, host.Port.ToString(), version.ToString(), "2000")).Trim().ShouldBe("complete\ncomplete\ncomplete");
    }
}
