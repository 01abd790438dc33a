using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Garam.EndToEnd;

/// <summary>A node's REST, as tests ask it.</summary>
internal sealed class NodeApi : IDisposable
{
    private readonly HttpClient _http;

    /// <param name="authority">PEM file of a certificate that is trusted, for a node that speaks HTTPS.</param>
    public NodeApi(string url, string? token = null, string? authority = null)
    {
        var handler = new SocketsHttpHandler();
        if (authority is not null)
            handler.SslOptions.CertificateChainPolicy = Tls.Trusting(authority);
        _http = new HttpClient(handler) { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(60) };
        if (token is not null)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public HttpClient Http => _http;

    public async Task<bool> IsReadyAsync() => (await _http.GetAsync("/readyz")).StatusCode == HttpStatusCode.OK;

    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(path);
        return await JsonAsync(answer, HttpStatusCode.OK);
    }

    public Task<HttpResponseMessage> IngestAsync(string device, string payload, string? product = null) =>
        IngestAsync(device, Encoding.UTF8.GetBytes(payload), "text/plain", product);

    public Task<HttpResponseMessage> IngestAsync(string device, byte[] payload, string type, string? product = null) =>
        _http.PostAsync($"/api/v1/ingest/{device}{(product is null ? "" : $"?product={product}")}", Body(payload, type));

    /// <summary>Sends one payload that must be taken.</summary>
    public async Task SendAsync(string device, string payload, string? product = null)
    {
        using var answer = await IngestAsync(device, payload, product);
        await JsonAsync(answer, HttpStatusCode.Accepted);
    }

    public async Task<JsonElement> SendLinesAsync(params IEnumerable<string> lines)
    {
        using var answer = await _http.PostAsync("/api/v1/ingest", Body(Encoding.UTF8.GetBytes(string.Join('\n', lines)), "application/x-ndjson"));
        return await JsonAsync(answer, HttpStatusCode.Accepted);
    }

    public async Task<JsonElement> PostAsync(string path, string json)
    {
        using var answer = await _http.PostAsync(path, Body(Encoding.UTF8.GetBytes(json), "application/json"));
        return await JsonAsync(answer, HttpStatusCode.OK);
    }

    public Task<HttpResponseMessage> PutAsync(string path, string body, string type = "application/json") =>
        _http.PutAsync(path, Body(Encoding.UTF8.GetBytes(body), type));

    public async Task PutDeviceAsync(string id, string product)
    {
        using var answer = await PutAsync($"/api/v1/devices/{id}", $$"""{"productId":"{{product}}"}""");
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    public async Task PutProductAsync(string id, string yaml)
    {
        using var answer = await PutAsync($"/api/v1/products/{id}", yaml, "application/yaml");
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    public async Task<LedgerView> LedgerAsync()
    {
        var ledger = await GetAsync("/api/v1/ledger");
        var total = ledger.GetProperty("total");
        return new LedgerView(
            Count(total, "received"), Count(total, "stored"), Count(total, "filtered"), Count(total, "duplicate"), Count(total, "dead"),
            Count(total, "in_flight"), Count(ledger, "remainder"), Count(ledger, "committed"));
    }

    /// <summary>The ledger when nothing is in flight; it must add up.</summary>
    public async Task<LedgerView> SettledLedgerAsync(TimeSpan? limit = null)
    {
        var ledger = await Until.ReadsAsync(LedgerAsync, l => l.IsSettled, "nothing in flight", limit);
        ledger.ShouldAddUp();
        return ledger;
    }

    /// <summary>The newest value of a metric as JSON text; null when there is none.</summary>
    public async Task<string?> LatestAsync(string device, string metric)
    {
        using var answer = await _http.GetAsync($"/api/v1/devices/{device}/latest");
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return null;
        var latest = await JsonAsync(answer, HttpStatusCode.OK);
        return latest.GetProperty("metrics").TryGetProperty(metric, out var found) ? found.GetProperty("value").GetRawText() : null;
    }

    public Task ShouldReadAsync(string device, string metric, string value) =>
        Until.ReadsAsync(() => LatestAsync(device, metric), found => found == value, $"{device} {metric} = {value}");

    /// <summary>All raw points of a metric, read in parts that no reduction touches.</summary>
    public async Task<IReadOnlyList<(decimal Time, double Value)>> PointsAsync(string device, string metric, string from = "-1d")
    {
        var answer = await GetAsync($"/api/v1/devices/{device}/telemetry?metrics={metric}&from={Uri.EscapeDataString(from)}&to={Uri.EscapeDataString(Iso(DateTimeOffset.UtcNow.AddDays(1)))}&step=raw&maxPoints=200000");
        var series = answer.GetProperty("series");
        if (series.GetArrayLength() == 0)
            return [];
        series[0].TryGetProperty("truncated", out _).ShouldBeFalse("the points are more than one answer holds");
        return [.. series[0].GetProperty("points").EnumerateArray().Select(p => (p[0].GetDecimal(), p[1].GetDouble()))];
    }

    /// <summary>Dead letters of a device, newest state.</summary>
    public async Task<IReadOnlyList<JsonElement>> DeadLettersAsync(string device) =>
        [.. (await GetAsync($"/api/v1/dead-letters?device={Uri.EscapeDataString(device)}")).GetProperty("items").EnumerateArray()];

    /// <summary>Waits for the device's one dead letter, which must be for this reason.</summary>
    public async Task<JsonElement> ShouldBeDeadAsync(string device, string reason)
    {
        var letters = await Until.ReadsAsync(() => DeadLettersAsync(device), found => found.Count > 0, $"a dead letter of {device}");
        letters.Count.ShouldBe(1);
        letters[0].GetProperty("reason").GetString().ShouldBe(reason, letters[0].GetRawText());
        return letters[0];
    }

    public void Dispose() => _http.Dispose();

    public static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    private static long Count(JsonElement element, string name) => element.GetProperty(name).GetInt64();

    private static ByteArrayContent Body(byte[] bytes, string type) => new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
}
