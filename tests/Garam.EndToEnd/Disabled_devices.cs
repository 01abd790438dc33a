using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using Garam.Mqtt.Client;
using Garam.Mqtt.Packets;

namespace Garam.EndToEnd;

/// <summary>A device that an administrator has disabled is refused on every protocol, by its own token and by an operator's.</summary>
public sealed class Disabled_devices : IAsyncLifetime
{
    private const string Administrator = "administrator-0123456789";
    private const string Operator = "operator-0123456789";

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _settings = [];
    private GaramProcess _garam = null!;
    private string _own = "";

    public async ValueTask InitializeAsync()
    {
        foreach (var (number, role, token) in new[] { (0, "administrator", Administrator), (1, "operator", Operator) })
        {
            _settings[$"GARAM__IDENTITY__TOKENS__{number}__NAME"] = role;
            _settings[$"GARAM__IDENTITY__TOKENS__{number}__ROLE"] = role;
            _settings[$"GARAM__IDENTITY__TOKENS__{number}__TOKEN"] = token;
        }

        _garam = await GaramProcess.StartAsync(_folder["data"], _settings, Administrator);
        await _garam.Api.PutDeviceAsync("own", "json");
        await _garam.Api.PutDeviceAsync("other", "json");
        _own = (await _garam.Api.PostAsync("/api/v1/devices/own/token", "")).GetProperty("token").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        await _garam.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(ProtocolVersion.V5, ReasonCode.Banned)]
    [InlineData(ProtocolVersion.V311, ReasonCode.NotAuthorized)]
    public async Task MQTT_ends_its_connection_and_refuses_the_next_until_it_is_enabled(ProtocolVersion version, ReasonCode reason)
    {
        await using (var client = await Mqtt.ConnectAsync(_garam.MqttPort, "own", "own", _own, version))
        {
            await client.PublishAsync("devices/own/telemetry", "{\"m\":1}"u8.ToArray());
            await DisableAsync("own", disabled: true);
            await Until.TrueAsync(() => !client.IsConnected, "the connection ends");
        }

        (await Should.ThrowAsync<MqttClientException>(() => Mqtt.ConnectAsync(_garam.MqttPort, "own", "own", _own, version))).Reason.ShouldBe(reason);
        await DisableAsync("own", disabled: false);
        await using var again = await Mqtt.ConnectAsync(_garam.MqttPort, "own", "own", _own, version);
        await again.PublishAsync("devices/own/telemetry", "{\"m\":2}"u8.ToArray());
        await _garam.Api.ShouldReadAsync("own", "m", "2");
    }

    [Fact]
    public async Task An_operators_connection_goes_on_for_the_other_devices_and_a_disabled_hub_brings_nobody()
    {
        await using var gateway = await Mqtt.ConnectAsync(_garam.MqttPort, "gateway", "", Operator);
        await gateway.PublishAsync("devices/own/telemetry", "{\"m\":1}"u8.ToArray());
        await DisableAsync("own", disabled: true);

        foreach (var topic in new[] { "devices/own/telemetry", "devices/own/child/other/telemetry", "devices/own/status" })
            (await Should.ThrowAsync<MqttClientException>(async () => await gateway.PublishAsync(topic, "{\"m\":9}"u8.ToArray()))).Reason.ShouldBe(ReasonCode.NotAuthorized, topic);
        await gateway.PublishAsync("devices/other/telemetry", "{\"m\":2}"u8.ToArray());

        await _garam.Api.ShouldReadAsync("other", "m", "2");
        // What came before is stored, and stays readable.
        await _garam.Api.ShouldReadAsync("own", "m", "1");
        var device = await _garam.Api.GetAsync("/api/v1/devices/own");
        device.GetProperty("status").GetString().ShouldBe("disabled");
        device.GetProperty("disabledSince").GetDateTimeOffset().ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddMinutes(-5));
        (await _garam.Api.GetAsync("/api/v1/devices?status=disabled")).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await _garam.Api.GetAsync("/api/v1/dead-letters")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await _garam.Api.Http.GetStringAsync("/metrics")).ShouldContain("""garam_ingress_messages_total{protocol="mqtt",result="disabled"} 3""");
    }

    [Fact]
    public async Task HTTP_answers_403_for_one_and_names_the_line_of_many()
    {
        await DisableAsync("own", disabled: true);
        foreach (var token in new[] { _own, Operator })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{_garam.Url}/api/v1/ingest/own") { Content = new StringContent("""{"h":1}""", Encoding.UTF8, "application/json") };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var answer = await _garam.Api.Http.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (await answer.Content.ReadAsStringAsync()).ShouldContain("\"code\":\"device-disabled\"");
        }

        var lines = await _garam.Api.SendLinesAsync("""{"deviceId":"own","payload":{"h":1}}""", """{"deviceId":"other","payload":{"h":2}}""");
        lines.GetProperty("accepted").GetInt32().ShouldBe(1);
        lines.GetProperty("rejected")[0].GetProperty("reason").GetString().ShouldBe("'own' is disabled");
        await DisableAsync("own", disabled: false);
        await _garam.Api.SendAsync("own", """{"h":3}""");
        await _garam.Api.ShouldReadAsync("own", "h", "3");
    }

    [Fact]
    public async Task TCP_acknowledges_what_came_before_and_ends_with_the_reason()
    {
        using (var device = await TcpDevice.HelloAsync(_garam.TcpPort, "own", _own))
        {
            await device.SendAsync("""{"t":1}""");
            await device.AcknowledgedAsync(1);
            await DisableAsync("own", disabled: true);
            await device.SendAsync("""{"t":2}""");
            (await device.ReadAsync()).ShouldBe("ERR the device is disabled");
            (await device.ReadAsync()).ShouldBeNull();
        }

        using (var refused = await TcpDevice.ConnectAsync(_garam.TcpPort))
        {
            await refused.SendAsync($"HELLO own {_own}");
            (await refused.ReadAsync()).ShouldBe("ERR the device is disabled");
        }

        await _garam.Api.ShouldReadAsync("own", "t", "1");
    }

    [Fact]
    public async Task WebSocket_closes_with_the_reason_and_takes_no_new_one()
    {
        using (var socket = await OpenAsync())
        {
            await DisableAsync("own", disabled: true);
            await socket.SendAsync("""{"w":1}"""u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
            var answer = await socket.ReceiveAsync(new byte[256], new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token);
            (answer.MessageType, answer.CloseStatus, answer.CloseStatusDescription).ShouldBe((WebSocketMessageType.Close, WebSocketCloseStatus.PolicyViolation, "the device is disabled"));
        }

        (await Should.ThrowAsync<WebSocketException>(OpenAsync)).Message.ShouldContain("403");
    }

    [Fact]
    public async Task It_stays_disabled_over_a_restart()
    {
        await DisableAsync("own", disabled: true);
        await _garam.DisposeAsync();
        _garam = await GaramProcess.StartAsync(_folder["data"], _settings, Administrator);
        using var answer = await _garam.Api.IngestAsync("own", """{"a":1}""");
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private async Task<ClientWebSocket> OpenAsync()
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {_own}");
        await socket.ConnectAsync(new Uri($"{_garam.Url.Replace("http", "ws", StringComparison.Ordinal)}/ws/ingest/own"), CancellationToken.None);
        return socket;
    }

    private async Task DisableAsync(string device, bool disabled)
    {
        using var answer = await _garam.Api.PutAsync($"/api/v1/devices/{device}", disabled ? """{"disabled":true}""" : """{"disabled":false}""");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
