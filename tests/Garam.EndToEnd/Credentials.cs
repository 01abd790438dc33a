using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Garam.Mqtt.Client;
using Garam.Mqtt.Packets;

namespace Garam.EndToEnd;

public sealed class Credentials : IAsyncLifetime
{
    private const string Administrator = "administrator-0123456789";
    private const string Operator = "operator-0123456789";
    private const string Viewer = "viewer-0123456789";

    private readonly TemporaryFolder _folder = new();
    private GaramProcess _garam = null!;
    private string _own = "";

    public async ValueTask InitializeAsync()
    {
        var settings = new Dictionary<string, string>();
        foreach (var (number, role, token) in new[] { (0, "administrator", Administrator), (1, "operator", Operator), (2, "viewer", Viewer) })
        {
            settings[$"GARAM__IDENTITY__TOKENS__{number}__NAME"] = role;
            settings[$"GARAM__IDENTITY__TOKENS__{number}__ROLE"] = role;
            settings[$"GARAM__IDENTITY__TOKENS__{number}__TOKEN"] = token;
        }

        _garam = await GaramProcess.StartAsync(_folder["data"], settings, Administrator);
        await _garam.Api.PutDeviceAsync("own", "json");
        await _garam.Api.PutDeviceAsync("other", "json");
        _own = (await _garam.Api.PostAsync("/api/v1/devices/own/token", "")).GetProperty("token").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        await _garam.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Over_HTTP_no_token_is_401_too_small_a_role_403_and_a_device_sends_only_for_itself()
    {
        (await AskAsync(HttpMethod.Get, "/api/v1/devices", null)).ShouldBe(HttpStatusCode.Unauthorized);
        (await AskAsync(HttpMethod.Get, "/api/v1/devices", "wrong-0123456789abcd")).ShouldBe(HttpStatusCode.Unauthorized);
        (await AskAsync(HttpMethod.Get, "/api/v1/devices", Viewer)).ShouldBe(HttpStatusCode.OK);
        (await AskAsync(HttpMethod.Put, "/api/v1/devices/x", Viewer, "{}")).ShouldBe(HttpStatusCode.Forbidden);
        (await AskAsync(HttpMethod.Put, "/api/v1/devices/x", Operator, "{}")).ShouldBe(HttpStatusCode.Forbidden);
        (await AskAsync(HttpMethod.Post, "/api/v1/dead-letters/retry", Viewer, """{"all":true}""")).ShouldBe(HttpStatusCode.Forbidden);

        (await AskAsync(HttpMethod.Post, "/api/v1/ingest/own", null, """{"a":1}""")).ShouldBe(HttpStatusCode.Unauthorized);
        (await AskAsync(HttpMethod.Post, "/api/v1/ingest/own", _own, """{"a":1}""")).ShouldBe(HttpStatusCode.Accepted);
        (await AskAsync(HttpMethod.Post, "/api/v1/ingest/other", Operator, """{"a":1}""")).ShouldBe(HttpStatusCode.Accepted);
        (await AskAsync(HttpMethod.Post, "/api/v1/ingest/other", _own, """{"a":1}""")).ShouldBeOneOf(HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden);
        (await AskAsync(HttpMethod.Post, "/api/v1/ingest/other", Viewer, """{"a":1}""")).ShouldBeOneOf(HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden);
        (await AskAsync(HttpMethod.Get, "/api/v1/devices/own/latest", _own)).ShouldBeOneOf(HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden);
        (await AskAsync(HttpMethod.Get, "/healthz", null)).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/api/v1/latest")]
    [InlineData("/api/v1/ledger")]
    [InlineData("/api/v1/dead-letters")]
    [InlineData("/api/v1/products")]
    [InlineData("/api/v1/stream")]
    [InlineData("/api/v1/sites")]
    [InlineData("/api/v1/devices/own")]
    [InlineData("/api/v1/devices/own/raw")]
    [InlineData("/api/v1/devices/own/telemetry")]
    public async Task No_reading_endpoint_answers_without_a_token(string path) =>
        (await AskAsync(HttpMethod.Get, path, null)).ShouldBe(HttpStatusCode.Unauthorized);

    [Fact]
    public async Task On_the_network_nothing_is_served_before_there_are_credentials()
    {
        await using var garam = await GaramProcess.StartAsync(_folder["network"], new Dictionary<string, string> { ["GARAM__BIND"] = "0.0.0.0" });
        using var http = new HttpClient { BaseAddress = new Uri(garam.Url) };
        (await http.GetAsync("/api/v1/devices")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await http.PostAsync("/api/v1/ingest/a?product=json", new StringContent("{}"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await Should.ThrowAsync<MqttClientException>(() => Mqtt.ConnectAsync(garam.MqttPort, "anonymous"));
    }

    [Fact]
    public async Task NDJSON_names_the_lines_that_a_viewer_may_not_send()
    {
        using var request = Request(HttpMethod.Post, "/api/v1/ingest", Viewer, """{"deviceId":"own","payload":{"a":1}}""");
        using var answer = await _garam.Api.Http.SendAsync(request);
        var body = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
        body.GetProperty("accepted").GetInt32().ShouldBe(0);
        body.GetProperty("rejected").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Over_MQTT_a_device_publishes_only_under_its_own_name()
    {
        await Should.ThrowAsync<MqttClientException>(() => Mqtt.ConnectAsync(_garam.MqttPort, "anonymous"));
        await Should.ThrowAsync<MqttClientException>(() => Mqtt.ConnectAsync(_garam.MqttPort, "liar", "other", _own));
        await using var client = await Mqtt.ConnectAsync(_garam.MqttPort, "own", "own", _own);
        await client.PublishAsync("devices/own/telemetry", "{\"m\":1}"u8.ToArray());
        await _garam.Api.ShouldReadAsync("own", "m", "1");
        await Should.ThrowAsync<MqttClientException>(async () => await client.PublishAsync("devices/other/telemetry", "{\"m\":1}"u8.ToArray()));
        await Should.ThrowAsync<MqttClientException>(() => client.SubscribeAsync("devices/+/telemetry", new SubscribeOptions(), _ => default));
        (await _garam.Api.LatestAsync("other", "m")).ShouldBeNull();
    }

    [Fact]
    public async Task Over_MQTT_a_hub_publishes_for_the_children_behind_it()
    {
        await using var client = await Mqtt.ConnectAsync(_garam.MqttPort, "hub", "own", _own);
        await client.PublishAsync("devices/own/child/other/telemetry", "{\"behind\":1}"u8.ToArray());
        await _garam.Api.ShouldReadAsync("other", "behind", "1");
    }

    [Fact]
    public async Task Over_TCP_HELLO_needs_the_devices_own_token()
    {
        using (var device = await TcpDevice.HelloAsync(_garam.TcpPort, "own", _own))
        {
            await device.SendAsync("""{"t":1}""");
            await device.AcknowledgedAsync(1);
        }

        foreach (var greeting in new[] { "HELLO own", "HELLO own wrong", $"HELLO other {_own}", $"HELLO own {Viewer}" })
        {
            using var device = await TcpDevice.ConnectAsync(_garam.TcpPort);
            await device.SendAsync(greeting, """{"t":2}""");
            (await device.ReadAsync())!.ShouldStartWith("ERR ", Case.Sensitive, greeting);
        }

        await _garam.Api.ShouldReadAsync("own", "t", "1");
    }

    private async Task<HttpStatusCode> AskAsync(HttpMethod method, string path, string? token, string? body = null)
    {
        using var http = new HttpClient { BaseAddress = new Uri(_garam.Url) };
        using var request = Request(method, path, token, body);
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return answer.StatusCode;
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, string? token, string? body = null)
    {
        var request = new HttpRequestMessage(method, path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return request;
    }
}
