using System.Net;
using System.Net.WebSockets;
using System.Text;

namespace Garam.EndToEnd;

/// <summary>Whatever a device sends has a defined answer, and the node goes on (the fixture ends it with SIGTERM and checks the books).</summary>
public sealed class Bad_messages(RunningNode node) : IClassFixture<RunningNode>
{
    private const string Frame = """
        product_type: e2e-frame
        title: {en: Frame with a checksum}
        version: 1
        format: hex_binary
        parsing_type: length_based
        conversion:
          - {field: temperature, offset: 0, length: 2, type: int16, scale: 0.1, unit: celsius, valid: {min: -40, max: 85}}
          - {field: humidity, offset: 2, length: 1, type: uint8, unit: percent}
        checksum: {type: xor8, at: end}
        """;

    private static readonly byte[] Large = Encoding.ASCII.GetBytes($$"""{"text":"{{new string('x', 1 << 20)}}"}""");

    [Fact]
    public async Task A_device_that_nobody_knows_and_no_product_names_is_a_dead_letter()
    {
        await node.Api.SendAsync("bad-unknown", """{"a":1}""");
        (await node.Api.ShouldBeDeadAsync("bad-unknown", "unknown-device")).GetProperty("detail").GetString()!.ShouldContain("PUT /api/v1/devices/bad-unknown");
    }

    [Fact]
    public async Task A_product_that_no_pack_describes_is_a_dead_letter()
    {
        await node.Api.SendAsync("bad-product", """{"a":1}""", "no-such-product");
        await node.Api.ShouldBeDeadAsync("bad-product", "unknown-product");
    }

    [Theory]
    [InlineData("not-json", "json", "{\"a\":", "invalid-json")]
    [InlineData("nothing", "json", "{}", "nothing-decoded")]
    [InlineData("truncated", "product_a", "0x00FA", "truncated")]
    [InlineData("half-a-byte", "product_a", "0x00FA3", "invalid-hex-text")]
    [InlineData("unknown-key", "product_b", "0x00990100", "unknown-key")]
    public async Task What_cannot_be_decoded_is_a_dead_letter_that_says_why(string name, string product, string payload, string reason)
    {
        await node.Api.SendAsync("bad-" + name, payload, product);
        (await node.Api.ShouldBeDeadAsync("bad-" + name, reason)).GetProperty("detail").GetString()!.Length.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task A_wrong_checksum_is_a_dead_letter_and_a_right_one_a_reading()
    {
        await node.Api.PutProductAsync("e2e-frame", Frame);
        await node.Api.SendAsync("bad-checksum", "0x00FA3C00", "e2e-frame");
        await node.Api.ShouldBeDeadAsync("bad-checksum", "checksum-mismatch");
        await node.Api.SendAsync("good-checksum", $"0x00FA3C{0x00 ^ 0xFA ^ 0x3C:X2}", "e2e-frame");
        await node.Api.ShouldReadAsync("good-checksum", "temperature", "25");
    }

    [Fact]
    public async Task A_value_out_of_range_is_stored_and_marked_as_suspect()
    {
        await node.Api.PutProductAsync("e2e-frame", Frame);
        await node.Api.SendAsync("bad-range", $"0x03843C{0x03 ^ 0x84 ^ 0x3C:X2}", "e2e-frame");
        await node.Api.ShouldReadAsync("bad-range", "temperature", "90");
        var latest = await node.Api.GetAsync("/api/v1/devices/bad-range/latest");
        latest.GetProperty("metrics").GetProperty("temperature").GetProperty("suspect").GetBoolean().ShouldBeTrue(latest.GetRawText());
    }

    [Theory]
    [InlineData("past", -1_000)]
    [InlineData("future", 2)]
    public async Task A_time_that_cannot_be_is_a_dead_letter(string name, int days)
    {
        await node.Api.SendAsync("bad-" + name, $$"""{"a":1,"ts":"{{NodeApi.Iso(DateTimeOffset.UtcNow.AddDays(days))}}"}""", "json");
        await node.Api.ShouldBeDeadAsync("bad-" + name, "timestamp-outside-window");
    }

    [Fact]
    public async Task The_same_reading_again_is_counted_as_a_duplicate_and_stored_once()
    {
        var before = await node.Api.SettledLedgerAsync();
        var reading = $$"""{"a":1.5,"ts":"{{NodeApi.Iso(DateTimeOffset.UtcNow)}}"}""";
        for (var i = 0; i < 3; i++)
            await node.Api.SendAsync("bad-twice", reading, "json");
        var after = await node.Api.SettledLedgerAsync();
        (after.Stored - before.Stored, after.Duplicate - before.Duplicate).ShouldBe((1, 2));
        (await node.Api.PointsAsync("bad-twice", "a")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Invalid_UTF_8_in_a_payload_is_a_dead_letter_that_keeps_the_bytes()
    {
        byte[] payload = [.. "{\"name\":\""u8, 0xC3, 0x28, .. "\",\"a\":1}"u8];
        using (var answer = await node.Api.IngestAsync("bad-utf8", payload, "application/octet-stream", "json"))
            answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var letter = await Until.ReadsAsync(() => node.Api.DeadLettersAsync("bad-utf8"), found => found.Count == 1, "a dead letter");
        letter[0].GetProperty("reason").GetString().ShouldBeOneOf("invalid-utf8", "invalid-json");
        letter[0].GetProperty("hex").GetString().ShouldBe("0x" + Convert.ToHexStringLower(payload));
    }

    [Fact]
    public async Task A_device_id_that_cannot_be_is_refused_over_HTTP_and_TCP_and_a_dead_letter_over_MQTT()
    {
        using (var answer = await node.Api.IngestAsync("no%20id%21", "1", "json"))
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var device = await TcpDevice.ConnectAsync(node.Process.TcpPort);
        await device.SendAsync($"HELLO {new string('x', 500)}");
        (await device.ReadAsync())!.ShouldStartWith("ERR ");
        (await device.ReadAsync()).ShouldBeNull();
        await using var client = await Mqtt.ConnectAsync(node.Process.MqttPort);
        await client.PublishAsync("devices/no id!/telemetry", "{\"a\":1}"u8.ToArray());
        await node.Api.ShouldBeDeadAsync("no id!", "invalid-device");
    }

    [Fact]
    public async Task A_megabyte_over_HTTP_is_413()
    {
        using var answer = await node.Api.IngestAsync("bad-large", Large, "application/json", "json");
        (await NodeApi.JsonAsync(answer, HttpStatusCode.RequestEntityTooLarge)).GetProperty("code").GetString().ShouldBe("payload-too-large");
    }

    [Fact]
    public async Task A_megabyte_over_MQTT_5_is_DISCONNECT_with_0x95()
    {
        using var wire = await Wire.ConnectAsync(node.Process.MqttPort);
        await wire.SendAsync(Packets.Connect5("bad-large"));
        (await wire.ReadHexAsync(2)).ShouldStartWith("20");
        await wire.SendAsync(Packets.Packet(0x32, [.. Packets.Text("devices/bad-large/telemetry"), 0, 1, 0, .. Large]));
        Convert.ToHexString(await wire.ReadToEndAsync()).ShouldContain("E00195");
    }

    [Fact]
    public async Task A_megabyte_over_TCP_is_ERR_and_the_end_of_the_connection()
    {
        using var device = await TcpDevice.HelloAsync(node.Process.TcpPort, "bad-large");
        var sending = device.SendBytesAsync(Large);
        (await device.ReadAsync())!.ShouldStartWith("ERR ");
        await Task.WhenAny(sending);
    }

    [Fact]
    public async Task A_megabyte_over_WebSocket_closes_with_1009()
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{node.Process.HttpPort}/ws/ingest/bad-large"), default);
        var sending = socket.SendAsync(Large, WebSocketMessageType.Text, true, default);
        using var limit = new CancellationTokenSource(Until.Limit);
        var answer = await socket.ReceiveAsync(new byte[256], limit.Token);
        answer.CloseStatus.ShouldBe(WebSocketCloseStatus.MessageTooBig);
        await Task.WhenAny(sending);
    }

    [Fact]
    public async Task A_gzip_bomb_is_413_and_memory_stays_bounded()
    {
        using var body = new MemoryStream();
        await using (var gzip = new System.IO.Compression.GZipStream(body, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var i = 0; i < 512; i++)
                await gzip.WriteAsync(new byte[1 << 20]);
        }

        using var content = new ByteArrayContent(body.ToArray());
        content.Headers.ContentEncoding.Add("gzip");
        using var answer = await node.Api.Http.PostAsync("/api/v1/ingest", content);
        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        node.Process.ResidentBytes.ShouldBeLessThan(600L << 20);
    }

    [Theory]
    [InlineData("garbage", "DEADBEEFDEADBEEF")]
    [InlineData("PUBLISH before CONNECT", "3009000464657630414243")]
    [InlineData("a remaining length of five bytes", "10FFFFFFFF7F")]
    [InlineData("an unknown protocol", "100C0004585858580402003C0000")]
    [InlineData("a CONNECT that ends early", "10040004")]
    [InlineData("an HTTP request", "474554202F20485454502F312E310D0A0D0A")]
    public async Task Before_CONNECT_malformed_MQTT_ends_the_connection(string what, string hex)
    {
        using var wire = await Wire.ConnectAsync(node.Process.MqttPort);
        await wire.SendAsync(Convert.FromHexString(hex));
        (await wire.ReadToEndAsync()).Length.ShouldBeLessThan(32, what);
    }

    [Theory]
    [InlineData("a topic with a wildcard", "3208" + "0003612F23" + "000100", "E00190")]
    [InlineData("a topic that is no UTF-8", "3207" + "0002C328" + "000100", "E0018")]
    [InlineData("QoS 3", "3607" + "000361" + "6263" + "000100", "E00181")]
    [InlineData("reserved flags", "8301" + "00", "E00181")]
    [InlineData("a second CONNECT", "100D00044D5154540502003C000000", "E00182")]
    [InlineData("a packet type that a client may not send", "20020000", "E00182")]
    public async Task After_CONNECT_malformed_MQTT_5_gets_the_reason_of_the_specification(string what, string hex, string answer)
    {
        using var wire = await Wire.ConnectAsync(node.Process.MqttPort);
        await wire.SendAsync(Packets.Connect5("malformed"));
        var connack = await wire.ReadHexAsync(2);
        await wire.ReadHexAsync(Convert.ToInt32(connack[2..], 16));
        await wire.SendAsync(Convert.FromHexString(hex));
        Convert.ToHexString(await wire.ReadToEndAsync()).ShouldStartWith(answer, Case.Sensitive, what);
    }

    [Fact]
    public async Task An_empty_client_id_without_a_clean_session_is_CONNACK_2_in_MQTT_3()
    {
        using var wire = await Wire.ConnectAsync(node.Process.MqttPort);
        await wire.SendAsync(Convert.FromHexString("100C00044D5154540400003C0000"));
        Convert.ToHexString(await wire.ReadToEndAsync()).ShouldBe("20020002");
    }

    [Fact]
    public async Task Connections_that_never_greet_are_closed_and_hold_nobody_up()
    {
        var silent = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Wire.ConnectAsync(i % 2 == 0 ? node.Process.MqttPort : node.Process.TcpPort)));
        await silent[0].SendAsync(Packets.Connect311("half-open").AsMemory(0, 5));
        await silent[1].SendAsync("HEL"u8.ToArray());
        await node.Api.PutDeviceAsync("beside-silent", "json");
        using (var device = await TcpDevice.HelloAsync(node.Process.TcpPort, "beside-silent"))
        {
            await device.SendAsync("""{"a":1}""");
            await device.AcknowledgedAsync(1);
        }

        var answers = await Task.WhenAll(silent.Select(s => s.ReadToEndAsync()));
        for (var i = 0; i < answers.Length; i++)
            Encoding.UTF8.GetString(answers[i]).ShouldBe(i % 2 == 0 ? "" : "ERR no HELLO within 10 s\n");
        foreach (var wire in silent)
            wire.Dispose();
    }

    [Fact]
    public async Task A_stream_reader_that_does_not_read_slows_nobody_and_is_told_what_it_lost()
    {
        await node.Api.PutDeviceAsync("slow-reader", "json");
        using var slow = await Wire.ConnectAsync(node.Process.HttpPort, receiveBuffer: 4_096);
        await slow.SendAsync("GET /api/v1/stream?devices=slow-reader HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"u8.ToArray());
        (await slow.ReadHexAsync(12)).ShouldBe(Convert.ToHexString("HTTP/1.1 200"u8));
        var text = new string('t', 200);
        var line = $$$"""{"deviceId":"slow-reader","payload":{"a":1,"b":2,"c":3,"text":"{{{text}}}"}}""";
        for (var batch = 0; batch < 8; batch++)
            (await node.Api.SendLinesAsync(Enumerable.Repeat(line, 5_000))).GetProperty("accepted").GetInt32().ShouldBe(5_000);
        await node.Api.SettledLedgerAsync();
        var tail = "";
        var events = await slow.ReadToEndAsync(part => (tail = tail[Math.Max(0, tail.Length - 64)..] + Encoding.UTF8.GetString(part)).Contains("event: lagged", StringComparison.Ordinal));
        Encoding.UTF8.GetString(events).ShouldContain("event: lagged");
    }
}
