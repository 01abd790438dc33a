using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Garam.Mqtt.Packets;

namespace Garam.EndToEnd;

public sealed class Every_protocol(RunningNode node) : IClassFixture<RunningNode>
{
    [Theory]
    [InlineData(QualityOfService.AtMostOnce, ProtocolVersion.V311)]
    [InlineData(QualityOfService.AtLeastOnce, ProtocolVersion.V311)]
    [InlineData(QualityOfService.ExactlyOnce, ProtocolVersion.V311)]
    [InlineData(QualityOfService.AtMostOnce, ProtocolVersion.V5)]
    [InlineData(QualityOfService.AtLeastOnce, ProtocolVersion.V5)]
    [InlineData(QualityOfService.ExactlyOnce, ProtocolVersion.V5)]
    public async Task MQTT_of_each_quality_stores_each_reading_once(QualityOfService qos, ProtocolVersion version)
    {
        var device = $"mqtt-{version}-{qos}".ToLowerInvariant();
        await node.Api.PutDeviceAsync(device, "json");
        await using (var client = await Mqtt.ConnectAsync(node.Process.MqttPort, version: version))
        {
            for (var i = 0; i < 20; i++)
                await client.PublishAsync($"devices/{device}/telemetry", Encoding.UTF8.GetBytes($$"""{"n":{{i}}}"""), qos);
            await Until.ReadsAsync(() => node.Api.PointsAsync(device, "n"), points => points.Count == 20, "20 readings");
        }

        (await node.Api.PointsAsync(device, "n")).Select(p => (int)p.Value).ShouldBe(Enumerable.Range(0, 20));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("2")]
    public async Task Mosquitto_publishes_with_each_quality(string qos)
    {
        Assert.SkipUnless(Command.Exists("mosquitto_pub"), "mosquitto_pub is not installed (package mosquitto-clients)");
        var device = $"mosquitto-{qos}";
        await node.Api.PutDeviceAsync(device, "product_a");
        var sent = await Command.RunAsync("mosquitto_pub", ["-p", $"{node.Process.MqttPort}", "-q", qos, "-t", $"devices/{device}/telemetry", "-m", "0x00FA3C"]);
        sent.ExitCode.ShouldBe(0, sent.ToString());
        await node.Api.ShouldReadAsync(device, "temperature", "25");
    }

    [Fact]
    public async Task What_a_device_publishes_also_reaches_subscribers()
    {
        await node.Api.PutDeviceAsync("fanout-1", "json");
        var received = new TaskCompletionSource<string>();
        await using var subscriber = await Mqtt.ConnectAsync(node.Process.MqttPort);
        await subscriber.SubscribeAsync("devices/+/telemetry", new Garam.Mqtt.Client.SubscribeOptions(), message =>
        {
            if (message.Topic == "devices/fanout-1/telemetry")
                received.TrySetResult(Encoding.UTF8.GetString(message.Payload.Span));
            return default;
        });
        await using var publisher = await Mqtt.ConnectAsync(node.Process.MqttPort);
        await publisher.PublishAsync("devices/fanout-1/telemetry", "{\"a\":1}"u8.ToArray());
        (await received.Task.WaitAsync(Until.Limit)).ShouldBe("{\"a\":1}");
    }

    [Fact]
    public async Task A_child_behind_a_hub_is_stored_as_itself_and_its_hub_is_kept()
    {
        await node.Api.PutProductAsync("e2e-child", "product_type: e2e-child\ntitle: {en: Child}\nversion: 1\nformat: json\n");
        await node.Api.PutDeviceAsync("child-7", "e2e-child");
        using var stream = await node.Api.Http.GetAsync("/api/v1/stream?devices=child-7", HttpCompletionOption.ResponseHeadersRead);
        using var events = new StreamReader(await stream.Content.ReadAsStreamAsync());
        (await events.ReadLineAsync()).ShouldBe(": watching");
        await using var client = await Mqtt.ConnectAsync(node.Process.MqttPort);
        await client.PublishAsync("devices/hub-9/child/child-7/telemetry", "{\"t\":4.5}"u8.ToArray());
        await node.Api.ShouldReadAsync("child-7", "t", "4.5");

        using var limit = new CancellationTokenSource(Until.Limit);
        string? line;
        do
        {
            line = await events.ReadLineAsync(limit.Token);
        }
        while (line is not null && !line.StartsWith("data: ", StringComparison.Ordinal));
        var reading = JsonSerializer.Deserialize<JsonElement>(line!["data: ".Length..]);
        reading.GetProperty("device_id").GetString().ShouldBe("child-7");
        reading.GetProperty("hub_id").GetString().ShouldBe("hub-9");
        reading.GetProperty("metrics").GetProperty("t").GetDouble().ShouldBe(4.5);
    }

    [Fact]
    public async Task The_fire_and_plant_topics_register_their_devices_on_first_sight()
    {
        await using var client = await Mqtt.ConnectAsync(node.Process.MqttPort);
        var fire = File.ReadAllBytes(Path.Combine(Installation.Home, "packs/fire/testcases/discrete-normal/input.json"));
        var record = JsonSerializer.Deserialize<JsonElement>(fire);
        await client.PublishAsync("fire-prediction/device/fire-77/data", fire);
        await Until.TrueAsync(
            async () => await node.Api.LatestAsync("fire-77", "voltage") is not null || (await node.Api.DeadLettersAsync("fire-77")).Count > 0, $"a reading of {record}");
        (await node.Api.GetAsync("/api/v1/devices/fire-77")).GetProperty("productId").GetString().ShouldBe("fire-detector");

        var ts = NodeApi.Iso(DateTimeOffset.UtcNow);
        await client.PublishAsync("plc/busan/press-3/oil_temp", Encoding.UTF8.GetBytes($$"""{"tag":"oil_temp","value":61.5,"unit":"celsius","ts":"{{ts}}"}"""));
        await node.Api.ShouldReadAsync("press-3", "oil_temp", "61.5");
        (await node.Api.GetAsync("/api/v1/devices/press-3")).GetProperty("productId").GetString().ShouldBe("plc-tag");
    }

    [Fact]
    public async Task A_status_topic_sets_the_status_text()
    {
        await node.Api.PutDeviceAsync("status-1", "json");
        await using var client = await Mqtt.ConnectAsync(node.Process.MqttPort);
        await client.PublishAsync("devices/status-1/status", "online"u8.ToArray());
        await node.Api.ShouldReadAsync("status-1", "status", "\"online\"");
    }

    [Fact]
    public async Task TCP_lines_of_hex_are_acknowledged_with_a_cumulative_count()
    {
        await node.Api.PutDeviceAsync("tcp-hex", "product_a");
        using var device = await TcpDevice.HelloAsync(node.Process.TcpPort, "tcp-hex");
        await device.SendAsync("0x00FA3C", "0x00FB3D");
        await device.AcknowledgedAsync(2);
        await device.SendAsync("0x00FC3E");
        await device.AcknowledgedAsync(3);
        await Until.ReadsAsync(() => node.Api.PointsAsync("tcp-hex", "temperature"), points => points.Count == 3, "3 readings");
    }

    [Fact]
    public async Task TCP_lines_of_JSON_are_stored()
    {
        await node.Api.PutDeviceAsync("tcp-json", "json");
        using var device = await TcpDevice.HelloAsync(node.Process.TcpPort, "tcp-json");
        await device.SendAsync("""{"a":1,"b":true}""", "", """{"a":2}""");
        await device.AcknowledgedAsync(2);
        await node.Api.ShouldReadAsync("tcp-json", "a", "2");
    }

    [Fact]
    public async Task A_CSV_header_holds_for_the_whole_TCP_connection()
    {
        await node.Api.PutDeviceAsync("tcp-csv", "product_d");
        using var device = await TcpDevice.HelloAsync(node.Process.TcpPort, "tcp-csv");
        var now = DateTimeOffset.UtcNow;
        await device.SendAsync("timestamp,hum,temp", $"{NodeApi.Iso(now.AddSeconds(-2))},55,21.5");
        await device.SendAsync($"{NodeApi.Iso(now.AddSeconds(-1))},56,22.5");
        await device.AcknowledgedAsync(3);
        await node.Api.ShouldReadAsync("tcp-csv", "temperature", "22.5");
        (await node.Api.PointsAsync("tcp-csv", "humidity")).Select(p => p.Value).ShouldBe([55.0, 56.0]);
        (await node.Api.DeadLettersAsync("tcp-csv")).ShouldBeEmpty();
    }

    [Fact]
    public async Task HTTP_takes_bytes_and_hex_text_of_the_same_payload()
    {
        await node.Api.PutDeviceAsync("http-bytes", "product_a");
        using (var bytes = await node.Api.IngestAsync("http-bytes", [0x00, 0xFA, 0x3C], "application/octet-stream"))
            (await NodeApi.JsonAsync(bytes, HttpStatusCode.Accepted)).GetProperty("accepted").GetInt32().ShouldBe(1);
        await node.Api.ShouldReadAsync("http-bytes", "temperature", "25");
        using (var text = await node.Api.IngestAsync("http-bytes", "0x01043E"u8.ToArray(), "text/plain"))
            text.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await node.Api.ShouldReadAsync("http-bytes", "temperature", "26");
    }

    [Fact]
    public async Task NDJSON_takes_the_good_lines_and_names_the_rejected_ones()
    {
        await node.Api.PutDeviceAsync("lines-1", "json");
        var answer = await node.Api.SendLinesAsync(
            """{"deviceId":"lines-1","payload":{"a":1}}""", "not json", """{"deviceId":"no good!","payload":{}}""", """{"deviceId":"lines-1"}""", "",
            """{"deviceId":"lines-1","payload":"{\"a\":2}"}""");
        answer.GetProperty("accepted").GetInt32().ShouldBe(2);
        answer.GetProperty("rejected").EnumerateArray().Select(r => r.GetProperty("line").GetInt32()).ShouldBe([2, 3, 4]);
        answer.GetProperty("rejected").EnumerateArray().ShouldAllBe(r => r.GetProperty("reason").GetString()!.Length > 10);
        await node.Api.ShouldReadAsync("lines-1", "a", "2");
    }

    [Fact]
    public async Task A_gzip_body_is_taken()
    {
        await node.Api.PutDeviceAsync("gzip-1", "json");
        using var body = new MemoryStream();
        await using (var gzip = new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true))
            await gzip.WriteAsync("""{"a":7}"""u8.ToArray());
        using var content = new ByteArrayContent(body.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        content.Headers.ContentEncoding.Add("gzip");
        using var answer = await node.Api.Http.PostAsync("/api/v1/ingest/gzip-1", content);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        await node.Api.ShouldReadAsync("gzip-1", "a", "7");
    }

    [Fact]
    public async Task Each_WebSocket_message_is_a_payload_and_is_acknowledged()
    {
        await node.Api.PutDeviceAsync("ws-1", "json");
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{node.Process.HttpPort}/ws/ingest/ws-1"), default);
        for (var i = 0; i < 50; i++)
            await socket.SendAsync(Encoding.UTF8.GetBytes($$"""{"n":{{i}}}"""), WebSocketMessageType.Text, true, default);
        var acknowledged = 0;
        var buffer = new byte[256];
        using var limit = new CancellationTokenSource(Until.Limit);
        while (acknowledged < 50)
        {
            var part = await socket.ReceiveAsync(buffer, limit.Token);
            var next = JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, part.Count)).GetProperty("ack").GetInt32();
            next.ShouldBeGreaterThan(acknowledged);
            acknowledged = next;
        }

        acknowledged.ShouldBe(50);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
        (await Until.ReadsAsync(() => node.Api.PointsAsync("ws-1", "n"), p => p.Count == 50, "50 readings")).Select(p => (int)p.Value).ShouldBe(Enumerable.Range(0, 50));
    }

    [Fact]
    public async Task What_a_device_sent_right_before_its_WebSocket_broke_off_is_stored()
    {
        const int rounds = 20;
        const int messages = 200;
        await node.Api.PutDeviceAsync("ws-cut", "json");
        for (var round = 0; round < rounds; round++)
        {
            using var wire = await Wire.ConnectAsync(node.Process.HttpPort);
            await wire.SendAsync(Packets.WebSocketUpgrade("/ws/ingest/ws-cut"));
            await wire.ReadToEndAsync(answer => answer.AsSpan().EndsWith("\r\n\r\n"u8));
            var frames = Enumerable.Range(round * messages, messages).SelectMany(n => Packets.WebSocketText($$"""{"n":{{n}}}"""));
            await wire.SendAsync(frames.ToArray());
            // Without a close frame. A socket closed with answers unread would be reset, and what is on the way with it.
            wire.EndSending();
            await wire.ReadToEndAsync();
        }

        (await Until.ReadsAsync(() => node.Api.PointsAsync("ws-cut", "n"), p => p.Count == rounds * messages, "every message"))
            .Select(p => (int)p.Value).Order().ShouldBe(Enumerable.Range(0, rounds * messages));
    }

    [Fact]
    public async Task MQTT_over_WebSocket_is_the_same_broker()
    {
        await node.Api.PutDeviceAsync("mqtt-ws", "json");
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("mqtt");
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{node.Process.HttpPort}/mqtt"), default);
        await socket.SendAsync(Packets.Connect311("over-ws"), WebSocketMessageType.Binary, true, default);
        await socket.SendAsync(Packets.Publish311("devices/mqtt-ws/telemetry", "{\"a\":3}"u8, packetId: 1), WebSocketMessageType.Binary, true, default);
        var received = new List<byte>();
        var buffer = new byte[64];
        using var limit = new CancellationTokenSource(Until.Limit);
        while (received.Count < 8)
        {
            var part = await socket.ReceiveAsync(buffer, limit.Token);
            received.AddRange(buffer.AsSpan(0, part.Count));
        }

        Convert.ToHexString([.. received]).ShouldBe("20020000" + "40020001", "CONNACK accepted, PUBACK of packet 1");
        await node.Api.ShouldReadAsync("mqtt-ws", "a", "3");
    }
}
