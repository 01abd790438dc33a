using System.Text.Json;

namespace Garam.EndToEnd;

public sealed class The_way_back_to_the_wire(RunningNode node) : IClassFixture<RunningNode>
{
    [Fact]
    public async Task Each_reading_gives_back_exactly_the_bytes_that_were_sent_whatever_the_protocol()
    {
        await node.Api.PutDeviceAsync("wire-1", "product_a");
        byte[][] sent = [[0x00, 0xFA, 0x3C], [0x01, 0x04, 0x3E], "0x010E40"u8.ToArray()];
        (await node.Api.IngestAsync("wire-1", sent[0], "application/octet-stream")).Dispose();
        await node.Api.ShouldReadAsync("wire-1", "temperature", "25");
        await using (var client = await Mqtt.ConnectAsync(node.Process.MqttPort))
            await client.PublishAsync("devices/wire-1/telemetry", sent[1]);
        await node.Api.ShouldReadAsync("wire-1", "temperature", "26");
        using (var device = await TcpDevice.HelloAsync(node.Process.TcpPort, "wire-1"))
        {
            await device.SendAsync("0x010E40");
            await device.AcknowledgedAsync(1);
        }

        await node.Api.ShouldReadAsync("wire-1", "temperature", "27");
        var items = await ItemsAsync("wire-1");
        items.Select(i => i.GetProperty("hex").GetString()).ShouldBe(sent.Select(s => "0x" + Convert.ToHexStringLower(s)));
        items.Select(i => i.GetProperty("channel").GetString()!.Split(':')[0]).ShouldBe(["http", "devices/wire-1/telemetry", "tcp"]);
        items.Select(i => i.GetProperty("decoded")[0].GetProperty("metrics").GetProperty("temperature").GetDouble()).ShouldBe([25.0, 26.0, 27.0]);
    }

    [Fact]
    public async Task A_reading_of_a_single_metric_with_a_time_of_its_own_leads_back_too()
    {
        const string Payload = """{"only": 4.25}""";
        await node.Api.SendAsync("wire-2", Payload, "json");
        await node.Api.ShouldReadAsync("wire-2", "only", "4.25");
        var items = await ItemsAsync("wire-2");
        items.Count.ShouldBe(1);
        items[0].GetProperty("hex").GetString().ShouldBe("0x" + Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(Payload)));
    }

    private async Task<IReadOnlyList<JsonElement>> ItemsAsync(string device) =>
        [.. (await node.Api.GetAsync($"/api/v1/devices/{device}/raw?from=-1h&to={Uri.EscapeDataString(NodeApi.Iso(DateTimeOffset.UtcNow.AddMinutes(1)))}")).GetProperty("items").EnumerateArray()];
}
