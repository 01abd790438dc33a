using System.Net.WebSockets;
using Garam.Mqtt.Tests.Wire;

namespace Garam.Mqtt.Tests.Broker;

public sealed class WebSocket_Tests
{
    [Fact]
    public async Task Mqtt_runs_over_a_websocket_with_packets_split_at_will()
    {
        await using var host = await BrokerHost.StartAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("mqtt");
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{host.HttpPort}/mqtt"), limit.Token);
        socket.SubProtocol.ShouldBe("mqtt");
        byte[] sent = [.. Bytes.Connect("ws", 4), .. Bytes.Subscribe(1, "t", 0, 4), .. Bytes.Publish("t", "hello", version: 4)];
        foreach (var half in (byte[][])[sent[..5], sent[5..]])
            await socket.SendAsync(half, WebSocketMessageType.Binary, true, limit.Token);
        byte[] expected = [0x20, 2, 0, 0, 0x90, 3, 0, 1, 0, .. Bytes.Publish("t", "hello", version: 4)];
        var received = new List<byte>();
        var buffer = new byte[1024];
        while (received.Count < expected.Length)
        {
            var result = await socket.ReceiveAsync(buffer, limit.Token);
            received.AddRange(buffer.AsSpan(0, result.Count));
        }

        received.ToArray().ShouldBe(expected);
        await socket.SendAsync(new byte[] { 0xE0, 0 }, WebSocketMessageType.Binary, true, limit.Token);
        (await socket.ReceiveAsync(buffer, limit.Token)).MessageType.ShouldBe(WebSocketMessageType.Close);
    }
}
