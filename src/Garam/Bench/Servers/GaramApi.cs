using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Garam.Bench.Servers;

/// <summary>The few calls of Garam's REST interface that benchmarks make.</summary>
internal sealed class GaramApi : IDisposable
{
    /// <summary>Registrations under way at a time.</summary>
    private const int Parallel = 16;

    private readonly HttpClient _http;

    public GaramApi(Uri root) => _http = new HttpClient { BaseAddress = root, Timeout = TimeSpan.FromSeconds(60) };

    public async Task<bool> IsReadyAsync(CancellationToken cancellation)
    {
        try
        {
            using var answer = await _http.GetAsync("readyz", cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>Registers devices as ones of a product.</summary>
    public Task RegisterAsync(IEnumerable<string> devices, string product, CancellationToken cancellation) =>
        System.Threading.Tasks.Parallel.ForEachAsync(
            devices,
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellation },
            async (device, token) =>
            {
                using var answer = await _http.PutAsJsonAsync($"api/v1/devices/{device}", new { productId = product }, token);
                if (!answer.IsSuccessStatusCode)
                    throw new BenchException(
                        $"Registering {device} was answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(token)}");
            });

    /// <summary>Puts a ruleset in force.</summary>
    /// <exception cref="BenchException">It is refused.</exception>
    public async Task PutRulesetAsync(string id, string yaml, CancellationToken cancellation)
    {
        using var body = new StringContent(yaml, System.Text.Encoding.UTF8, "application/yaml");
        using var answer = await _http.PutAsync($"api/v1/rulesets/{id}?activate=true&reason=benchmark", body, cancellation);
        if (!answer.IsSuccessStatusCode)
            throw new BenchException($"The ruleset {id} was answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellation)}");
    }

    /// <summary>Puts a product spec in force.</summary>
    /// <exception cref="BenchException">It is refused.</exception>
    public async Task PutProductAsync(string id, string yaml, CancellationToken cancellation)
    {
        using var body = new StringContent(yaml, System.Text.Encoding.UTF8, "application/yaml");
        using var answer = await _http.PutAsync($"api/v1/products/{id}", body, cancellation);
        if (!answer.IsSuccessStatusCode)
            throw new BenchException($"The product {id} was answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellation)}");
    }

    /// <summary>Opens an answer that does not end.</summary>
    public Task<Stream> OpenAsync(string path, CancellationToken cancellation) => _http.GetStreamAsync(path, cancellation);

    public async Task<Ledger> LedgerAsync(CancellationToken cancellation)
    {
        using var document = await JsonDocument.ParseAsync(await _http.GetStreamAsync("api/v1/ledger", cancellation), default, cancellation);
        var total = document.RootElement.GetProperty("total");
        long Count(string name) => total.TryGetProperty(name, out var value) ? value.GetInt64() : 0;
        return new Ledger(Count("received"), Count("stored"), Count("filtered"), Count("duplicate"), Count("dead"), Count("in_flight"));
    }

    /// <summary>Points of one metric between two times, the second excluded: (Unix ms, value).</summary>
    public async Task<List<(long Time, double Value)>> PointsAsync(
        string device, string metric, DateTimeOffset from, DateTimeOffset to, string step, string? aggregate, int pointsMax, CancellationToken cancellation)
    {
        var path = $"api/v1/devices/{device}/telemetry?metrics={metric}&from={Iso(from)}&to={Iso(to)}&step={step}"
            + $"&maxPoints={pointsMax.ToString(CultureInfo.InvariantCulture)}" + (aggregate is null ? "" : $"&agg={aggregate}");
        using var document = await JsonDocument.ParseAsync(await _http.GetStreamAsync(path, cancellation), default, cancellation);
        var points = new List<(long, double)>();
        foreach (var series in document.RootElement.GetProperty("series").EnumerateArray())
        {
            foreach (var point in series.GetProperty("points").EnumerateArray())
            {
                var time = point[0].GetInt64();
                if (time < to.ToUnixTimeMilliseconds())
                    points.Add((time, point[1].GetDouble()));
            }
        }

        return points;
    }

    /// <summary>Fetches a path and returns its length in bytes; anything but success is an error.</summary>
    public async Task<long> FetchAsync(string path, CancellationToken cancellation)
    {
        using var answer = await _http.GetAsync(path, cancellation);
        var bytes = await answer.Content.ReadAsByteArrayAsync(cancellation);
        if (!answer.IsSuccessStatusCode)
            throw new BenchException($"GET /{path} was answered {(int)answer.StatusCode}: {System.Text.Encoding.UTF8.GetString(bytes)}");
        return bytes.Length;
    }

    public void Dispose() => _http.Dispose();

    public static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
